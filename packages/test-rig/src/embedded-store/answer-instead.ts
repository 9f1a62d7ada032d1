import type { IncomingMessage, ServerResponse } from "node:http";
import type { Instead } from "./fault.ts";
import { element } from "./xml.ts";

/** Answers in the store's place, once all was read that the client sends; or does not answer. */
export function answerInstead(
  message: IncomingMessage,
  response: ServerResponse,
  fault: Instead,
): void {
  if (fault === "hang") return;
  if (fault === "cut") return void message.destroy();
  if (message.headers.expect !== undefined) response.writeContinue();
  message.resume();
  message.once("end", () => ANSWERS[fault](response));
}

const ANSWERS: Readonly<
  Record<Exclude<Instead, "hang" | "cut">, (response: ServerResponse) => void>
> = {
  portal: (response) => {
    response.setHeader("content-type", "text/html");
    response.end("<html>Please log in.</html>");
  },
  "no-content": (response) => {
    response.statusCode = 204;
    response.end();
  },
  empty: (response) => void response.end(),
  "error-body": (response) => {
    const code = element("Code", "InternalError");
    response.setHeader("content-type", "application/xml");
    response.end(element("Error", code, element("Message", "Try again.")).document());
  },
  moved: (response) => {
    response.statusCode = 301;
    response.setHeader("content-type", "text/html");
    response.setHeader("location", "https://elsewhere.example.net/");
    response.end("<html><p>Moved.<br></html>");
  },
};
