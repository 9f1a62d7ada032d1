import type { IncomingMessage } from "node:http";
import type { ObjectLock } from "./lock-object.ts";
import type { ObjectFiles } from "./object-files.ts";

/** A request whose signature has been checked. */
export interface S3Request {
  readonly message: IncomingMessage;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** The body's signed SHA-256, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

/** What the store keeps. */
export interface Kept {
  readonly files: ObjectFiles;
  /** By `bucket/key`. */
  readonly locks: Map<string, ObjectLock>;
}
