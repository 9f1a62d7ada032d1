import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Certificate } from "../tls-store/make-authority.ts";
import { type Listening, listenOnLoopback } from "./listen-on-loopback.ts";

/** Answers a request, or leaves it without an answer. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** An HTTP server of a test. */
export interface HttpServer extends Listening {
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT`. */
  readonly endpoint: string;
  /** What it was asked for, such as `GET /key`, in order. */
  readonly requests: readonly string[];
}

/**
 * Starts an HTTP server on loopback; under TLS where a certificate is given.
 *
 * @example
 * const server = await startHttpServer((_, response) => response.writeHead(404).end());
 * await fetch(`${server.endpoint}/key`);
 * await server.stop();
 */
export async function startHttpServer(answer: Answer, tls?: Certificate): Promise<HttpServer> {
  const requests: string[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${request.url}`);
    void answer(request, response);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const listening = await listenOnLoopback(server);
  const origin = tls === undefined ? "http://127.0.0.1" : "https://localhost";
  return { ...listening, endpoint: `${origin}:${listening.port}`, requests };
}
