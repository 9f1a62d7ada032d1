import type { ServerResponse } from "node:http";
import type { Xml } from "./xml.ts";

/** Ends an answer whose headers are set. */
export function endAnswer(response: ServerResponse, status: number, body?: Xml): void {
  response.statusCode = status;
  if (body !== undefined) response.setHeader("content-type", "application/xml");
  response.end(body?.document());
}
