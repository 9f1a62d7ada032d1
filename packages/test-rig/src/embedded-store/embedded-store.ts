import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answer } from "./answer.ts";
import { ObjectFiles } from "./object-files.ts";
import { S3Failure } from "./s3-failure.ts";
import { checkSignature, type RequestUrl, type SigningCredentials } from "./signature.ts";
import { element } from "./xml.ts";

export interface EmbeddedStoreOptions extends SigningCredentials {
  /** Where the objects lie; made if it is not there. */
  readonly directory: string;
  readonly buckets: readonly string[];
  /** A free one unless given. */
  readonly port?: number;
  /**
   * May spoil the store's answer, for tests of faults: an `S3Failure` is what the client gets,
   * `cut` breaks the connection before an answer, `hang` never answers.
   */
  readonly fault?: (request: { readonly method: string; readonly key: string }) => Fault;
}

export type Fault = S3Failure | "cut" | "hang" | undefined;

export interface EmbeddedStore {
  /** `http://127.0.0.1:PORT`, path style. */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/**
 * A small S3 server on loopback for the demo and for tests of faults: it
 * checks signatures, expiry and digests, and stores a body whole or not at all.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const files = new ObjectFiles(options.directory);
  for (const bucket of options.buckets) await files.createBucket(bucket);
  const server = createServer((message, response) => {
    void handle(message, response, files, options);
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The store has no port.");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  files: ObjectFiles,
  options: EmbeddedStoreOptions,
): Promise<void> {
  try {
    const url = requestUrl(message);
    const payloadHash = checkSignature(message, url, options, new Date());
    const [bucket = "", ...rest] = url.pathname.slice(1).split("/");
    const key = decodeURIComponent(rest.join("/"));
    const fault = options.fault?.({ method: message.method ?? "", key });
    if (fault === "hang") return;
    if (fault === "cut") return void message.destroy();
    if (fault !== undefined) throw fault;
    await answer({ message, bucket, key, query: url.searchParams, payloadHash }, response, files);
  } catch (error) {
    refuse(message, response, error);
  }
}

/** As it was sent: the URL class would take `..` out of a key. */
function requestUrl({ url = "/" }: IncomingMessage): RequestUrl {
  const [pathname = "/", query] = url.split("?", 2);
  return { pathname, searchParams: new URLSearchParams(query) };
}

function refuse(message: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  // Read what the client still sends, or it may never read the answer.
  message.resume();
  const failure =
    error instanceof S3Failure
      ? error
      : new S3Failure(500, "InternalError", error instanceof Error ? error.message : "unknown");
  response.statusCode = failure.status;
  response.setHeader("content-type", "application/xml");
  const body = element("Error", element("Code", failure.code), element("Message", failure.message));
  response.end(message.method === "HEAD" ? undefined : body.document());
}
