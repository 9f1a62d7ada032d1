import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Requester } from "@backuppc-archive-s3/s3-transport";

/** Stands between a script and the store, and changes one bit of the first chunk that is asked for, each time. */
export interface Saboteur {
  /** The origin for the script's URLs: their signatures hold, since it names the store to the store. */
  readonly origin: string;
  /** File name of the chunk that it changes; undefined until one was asked for. */
  victim(): string | undefined;
  stop(): Promise<void>;
}

/** @param store origin of the store's URLs */
export async function startSaboteur(store: URL, requester: Requester): Promise<Saboteur> {
  let victim: string | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? "/";
    const [, chunk] = /\/chunks\/[^?]*?([^/?]+)(?:\?|$)/.exec(path) ?? [];
    victim ??= chunk;
    const answered = await requester.send(forwarded(request, store, path));
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    const stages = chunk !== undefined && chunk === victim ? [flipLastBit()] : [];
    await pipeline([answered, ...stages, response]);
  };
  const server = createServer((request, response) => {
    // The script sees a connection that breaks, and reports it.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    victim: () => victim,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forwarded(
  { method = "GET", headers }: IncomingMessage,
  { protocol, host, hostname, port }: URL,
  path: string,
): Parameters<Requester["send"]>[0] {
  const { range } = headers;
  return {
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    method,
    path,
    headers: { host, ...(range !== undefined && { range }) },
    body: undefined,
  };
}

/** The last byte is kept until the end is known. */
function flipLastBit(): Transform {
  let kept = Buffer.alloc(0);
  return new Transform({
    transform(piece: Buffer, _, done) {
      const all = Buffer.concat([kept, piece]);
      kept = all.subarray(-1);
      done(null, all.subarray(0, -1));
    },
    flush(done) {
      done(null, Buffer.from(kept.map((byte) => byte ^ 1)));
    },
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
