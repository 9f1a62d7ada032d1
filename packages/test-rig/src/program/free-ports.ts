import { createServer } from "node:net";
import { listenOnLoopback } from "../http-server/listen-on-loopback.ts";

/** Ports of the loopback that nobody uses, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is known, since the system may give a freed one again.
  const held = await Promise.all(
    Array.from({ length: count }, async () => await listenOnLoopback(createServer())),
  );
  await Promise.all(held.map(async ({ stop }) => await stop()));
  return held.map(({ port }) => port);
}
