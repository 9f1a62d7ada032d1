import { once } from "node:events";
import type { Server, Socket } from "node:net";

/** A server that has a port. */
export interface Listening {
  readonly port: number;
  /** Its connections that are still open. */
  readonly open: ReadonlySet<Socket>;
  /** Ends the server and its connections, also those that wait for an answer. May be called again. */
  readonly stop: () => Promise<void>;
}

/** Has a server of any kind listen on loopback: on a free port, unless one is given. */
export async function listenOnLoopback(server: Server, port = 0): Promise<Listening> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    // A broken connection is the client's affair; here it only ends.
    socket.on("error", () => {}).once("close", () => open.delete(socket));
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return { port: address.port, open, stop };
}
