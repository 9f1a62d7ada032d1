import { createHash } from "node:crypto";

/** A command of the SDK, as far as it matters here. */
interface Command {
  readonly middlewareStack: { add(middleware: Middleware, place: Place): void };
}

type Middleware = <Args extends { request?: unknown }, Result>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>;

interface Place {
  readonly step: "build";
  readonly name: string;
}

/** Sends the body's MD5: stores ask for it (aws-sdk-js-v3#6819), and the SDK sends a checksum of a newer kind instead. */
export function addContentMd5(command: Command): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (
        typeof request === "object" &&
        request !== null &&
        "headers" in request &&
        "body" in request
      ) {
        const md5 = createHash("md5").update(String(request.body)).digest("base64");
        Object.assign(request.headers ?? {}, { "content-md5": md5 });
      }
      return await next(args);
    },
    { step: "build", name: "contentMd5" },
  );
}
