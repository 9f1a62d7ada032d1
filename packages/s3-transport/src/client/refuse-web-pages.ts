import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { answerHeaders } from "./answer-headers.ts";

/**
 * Has a call fail that is answered by a web page: a captive portal answers 200 to anything, and the
 * SDK reads that as a deleted object, or as a list with nothing in it.
 */
export function refuseWebPages(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const answer = Object(Reflect.get(result, "response"));
      if (!isWebPage(answer, answerHeaders(result))) return result;
      // Else its connection would never come free.
      const body: unknown = Reflect.get(answer, "body");
      if (body instanceof Readable) body.destroy();
      throw Object.assign(new Error("the answer was a web page"), { name: "Unconfirmed" });
    },
    // Nearer to the line than the SDK's own reading.
    { step: "deserialize", priority: "low", name: "refuseWebPages" },
  );
}

function isWebPage(answer: object, headers: Headers): boolean {
  const isHtml = headers.get("content-type")?.startsWith("text/html") === true;
  // Swift names HTML as the type of no body at all.
  const isThere = headers.get("content-length") !== "0";
  return isHtml && isThere && Number(Reflect.get(answer, "statusCode")) < 300;
}
