import { once } from "node:events";
import { createServer, type Server } from "node:net";

/** Ports of the loopback that nobody uses, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is known, since the system may give a freed one again.
  const servers = await Promise.all(Array.from({ length: count }, async () => await listen()));
  const ports = servers.map((server) => portOf(server));
  await Promise.all(servers.map(async (server) => await close(server)));
  return ports;
}

async function listen(): Promise<Server> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A server without a port.");
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
