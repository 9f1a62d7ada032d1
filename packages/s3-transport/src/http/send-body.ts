import type { ClientRequest, IncomingMessage } from "node:http";
import type { OutgoingBody } from "./outgoing.ts";

/**
 * Sends the body, and stops when the store refuses it before its end: it wants no more of it. An error
 * of the pieces ends the request with it.
 */
export async function sendBody(request: ClientRequest, body: OutgoingBody): Promise<void> {
  if (typeof body !== "object" || body instanceof Uint8Array) return void request.end(body);
  let wanted = true;
  request.once("response", ({ statusCode = 0 }: IncomingMessage) => (wanted = statusCode < 300));
  request.once("close", () => (wanted = false));
  try {
    for await (const piece of body) {
      if (wanted && !request.write(piece)) await untilDrained(request);
      if (!wanted) return;
    }
    request.end();
  } catch (error) {
    request.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Until more can be written, or the store has answered, or the connection is gone. */
async function untilDrained(request: ClientRequest): Promise<void> {
  const events = ["drain", "response", "close"];
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      for (const event of events) request.off(event, goOn);
      resolve();
    };
    for (const event of events) request.on(event, goOn);
  });
}
