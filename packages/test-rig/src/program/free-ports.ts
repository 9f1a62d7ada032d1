import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { type Listening, listenOnLoopback } from "../http-server/listen-on-loopback.ts";

/** Below those that Linux gives to who asks for any: until its server has it, nobody gets one by chance. */
const [FIRST, END] = [20_000, 30_000];

/** Ports of the loopback that nobody uses, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is known, since the same may be drawn again.
  const held = await Promise.all(Array.from({ length: count }, hold));
  await Promise.all(held.map(async ({ stop }) => await stop()));
  return held.map(({ port }) => port);
}

async function hold(): Promise<Listening> {
  for (;;) {
    try {
      return await listenOnLoopback(createServer(), randomInt(FIRST, END));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
}
