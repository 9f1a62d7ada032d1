import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { listenOnLoopback } from "../http-server/listen-on-loopback.ts";

export interface ProxyOptions {
  /** `NAME:PASSWORD` that it wants; none unless given. */
  readonly password?: string;
  /** `HOST:PORT` where all goes to, whatever it is asked for; where it is asked for unless given. */
  readonly to?: string;
  /** Status that it answers everything with. */
  readonly refuse?: number;
}

export interface ForwardProxy {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** What it was asked for: `CONNECT HOST:PORT`, `GET http://HOST/PATH`. */
  readonly requests: readonly string[];
  /** Bytes of the bodies that it answered requests of plain HTTP with. */
  readonly answered: () => number;
  readonly stop: () => Promise<void>;
}

/** A proxy as offices have them: it forwards requests of plain HTTP, and connects to what it is asked for by CONNECT. */
export async function startProxy(options: ProxyOptions = {}): Promise<ForwardProxy> {
  const requests: string[] = [];
  let answered = 0;
  const onward = new Set<Socket>();
  const refusal = (asked: IncomingMessage): number | undefined => {
    requests.push(`${asked.method} ${asked.url}`);
    return refusalOf(asked, options);
  };
  const server = createServer((asked, answer) => {
    const status = refusal(asked);
    const count = (bytes: number): number => (answered += bytes);
    if (status === undefined) forward(asked, answer, { to: options.to, count });
    else answer.writeHead(status, { "content-type": "text/html" }).end("<html>No.</html>");
  });
  server.on("connect", (asked: IncomingMessage, client: Duplex) => {
    const status = refusal(asked);
    if (status === undefined) tunnel(asked, client);
    else client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  const tunnel = (asked: IncomingMessage, client: Duplex): void => {
    const { hostname, port } = new URL(`tcp://${options.to ?? asked.url}`);
    const store = connect(Number(port), hostname);
    onward.add(store);
    // A broken connection is the client's affair or the store's; here it only ends.
    store.on("error", () => {}).once("close", () => onward.delete(store));
    store.once("connect", () => client.write("HTTP/1.1 200 Connection established\r\n\r\n"));
    store.pipe(client).pipe(store);
  };
  const { port, stop } = await listenOnLoopback(server);
  return {
    address: `http://127.0.0.1:${port}`,
    requests,
    answered: () => answered,
    stop: async () => {
      for (const socket of onward) socket.destroy();
      await stop();
    },
  };
}

function refusalOf(
  { headers }: IncomingMessage,
  { password, refuse }: ProxyOptions,
): number | undefined {
  if (password === undefined) return refuse;
  const wanted = `Basic ${Buffer.from(password).toString("base64")}`;
  return headers["proxy-authorization"] === wanted ? refuse : 407;
}

interface Onward {
  readonly to: string | undefined;
  readonly count: (bytes: number) => void;
}

function forward(asked: IncomingMessage, answer: ServerResponse, { to, count }: Onward): void {
  const { host, pathname, search } = new URL(asked.url ?? "");
  const { hostname, port } = new URL(`http://${to ?? host}`);
  const { "proxy-authorization": _, ...headers } = asked.headers;
  const onward = request(
    { hostname, port, method: asked.method, path: pathname + search, headers },
    (store) => {
      answer.writeHead(store.statusCode ?? 502, store.headers);
      store.on("data", (piece: Buffer) => count(piece.length)).pipe(answer);
    },
  );
  // As a proxy of HTTP/1.1 does for who asks first.
  if (headers.expect !== undefined) onward.on("continue", () => answer.writeContinue());
  onward.on("error", () => answer.destroy());
  asked.pipe(onward);
}
