import type { ClientRequest, IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** Sends the body, and stops when the store refuses it before its end: it wants no more of it. */
export function sendBody(request: ClientRequest, body: unknown): void {
  if (!(body instanceof Readable)) return void request.end(body);
  request.once("response", ({ statusCode = 0 }: IncomingMessage) => {
    if (statusCode >= 300) body.unpipe(request);
  });
  body.pipe(request);
}
