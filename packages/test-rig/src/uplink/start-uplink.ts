import { once } from "node:events";
import { connect, createServer } from "node:net";
import { listenOnLoopback } from "../http-server/listen-on-loopback.ts";
import { Pace } from "./pace.ts";

export interface UplinkOptions {
  /** Of the store behind it, `http://HOST:PORT`. */
  readonly endpoint: string;
  /** Bytes a second to the store, over all connections together. */
  readonly rate: number;
}

/** Some bytes that went to the store. */
export interface Passage {
  /** Since the uplink was there. */
  readonly seconds: number;
  readonly bytes: number;
}

export interface Uplink {
  /** To be used in place of the store's own. */
  readonly endpoint: string;
  /** All that went to the store so far, piece by piece. */
  readonly passages: readonly Passage[];
  stop(): Promise<void>;
}

/**
 * A narrow uplink in front of a store: it lets bytes pass at a rate and no faster, and
 * records when they did. Answers come back at once.
 */
export async function startUplink({ endpoint, rate }: UplinkOptions): Promise<Uplink> {
  const store = new URL(endpoint);
  const began = performance.now();
  const passages: Passage[] = [];
  const pace = new Pace(rate);
  const server = createServer((client) => {
    const upstream = connect(Number(store.port), store.hostname);
    // A broken connection is the store's affair; here it only ends.
    upstream
      .on("error", () => {})
      .pipe(client)
      .once("close", () => upstream.destroy());
    const pass = async (): Promise<void> => {
      // Bytes, as no encoding was asked for; a socket's type does not say so.
      const incoming: AsyncIterable<Buffer> = client;
      for await (const piece of incoming) {
        await pace.take(piece.length);
        passages.push({ seconds: (performance.now() - began) / 1000, bytes: piece.length });
        if (!upstream.write(piece)) await once(upstream, "drain");
      }
      upstream.end();
    };
    pass().catch(() => upstream.destroy());
  });
  const { port, stop } = await listenOnLoopback(server);
  return { endpoint: `http://127.0.0.1:${port}`, passages, stop };
}
