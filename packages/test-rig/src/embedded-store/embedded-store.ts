import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenOnLoopback } from "../http-server/listen-on-loopback.ts";
import { answerInstead } from "./answer-instead.ts";
import { answer } from "./answer.ts";
import type { CarriedOut, Fault, Instead, SpoiltList } from "./fault.ts";
import type { ObjectLock } from "./lock-object.ts";
import { ObjectFiles } from "./object-files.ts";
import { S3Failure } from "./s3-failure.ts";
import type { Kept } from "./s3-request.ts";
import { checkSignature, type RequestUrl, type SigningCredentials } from "./signature.ts";
import { spoilAnswer } from "./spoil-answer.ts";
import { type StoreRequest, storeRequest } from "./store-request.ts";
import { element } from "./xml.ts";

export interface EmbeddedStoreOptions extends SigningCredentials {
  /** Where the objects lie; made if it is not there. */
  readonly directory: string;
  readonly buckets: readonly string[];
  /** A free one unless given. */
  readonly port?: number;
  /** What goes wrong with a request, for tests of faults: {@link storeScript} makes one. */
  readonly fault?: (request: StoreRequest) => Fault | undefined;
  /** Keys of a page of a list, 1,000 unless given. */
  readonly pageSize?: number;
  /** The store's clock; the machine's unless given. */
  readonly clock?: () => Date;
}

export interface EmbeddedStore {
  /** `http://127.0.0.1:PORT`, path style. */
  readonly endpoint: string;
  /** Of the objects that were locked, by `bucket/key`. */
  readonly locks: ReadonlyMap<string, ObjectLock>;
  readonly stop: () => Promise<void>;
}

/**
 * A small S3 server on loopback for the demo and for tests of faults: it
 * checks signatures, expiry and digests, and stores a body whole or not at all.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const files = new ObjectFiles(options.directory, options.clock);
  const locks = new Map<string, ObjectLock>();
  const { pageSize = 1000 } = options;
  for (const bucket of options.buckets) await files.createBucket(bucket);
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    void handle(message, response, { files, locks, pageSize }, options);
  };
  // A body that waits for `100 Continue` is asked for once the request is known to be allowed.
  const server = createServer(onRequest).on("checkContinue", onRequest);
  // Node closes a connection that was idle for 5 s, also while the next request is on its way to it.
  server.keepAliveTimeout = 0;
  const { port, stop } = await listenOnLoopback(server, options.port);
  return { endpoint: `http://127.0.0.1:${port}`, locks, stop };
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  kept: Kept,
  options: EmbeddedStoreOptions,
): Promise<void> {
  const now = options.clock?.() ?? new Date();
  response.setHeader("date", now.toUTCString());
  response.setHeader("x-amz-request-id", `embedded-${message.method}-${now.getTime()}`);
  try {
    const url = requestUrl(message);
    const payloadHash = checkSignature(message, url, options, now);
    const request = storeRequest(message.method ?? "", url, message.headers);
    const fault = options.fault?.(request);
    if (fault instanceof S3Failure) throw fault;
    if (isInstead(fault)) return answerInstead(message, response, fault);
    if (message.headers.expect !== undefined) response.writeContinue();
    if (fault !== undefined) spoilAnswer(response, fault);
    const list = fault === "repeat-page" || fault === "omit-page" ? fault : undefined;
    await answer({ ...request, message, payloadHash, list }, response, kept);
  } catch (error) {
    refuse(message, response, error);
  }
}

const INSTEAD: ReadonlySet<unknown> = new Set<Instead>([
  "cut",
  "hang",
  "portal",
  "no-content",
  "empty",
  "error-body",
  "moved",
]);

function isInstead(fault: Instead | CarriedOut | SpoiltList | undefined): fault is Instead {
  return INSTEAD.has(fault);
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
  for (const [name, value] of Object.entries(failure.headers)) response.setHeader(name, value);
  const body = element("Error", element("Code", failure.code), element("Message", failure.message));
  response.end(message.method === "HEAD" ? undefined : body.document());
}
