import type { IncomingMessage } from "node:http";
import type { ObjectLock } from "./lock-object.ts";
import type { ObjectFiles } from "./object-files.ts";
import type { StoreRequest } from "./store-request.ts";

/** A request whose signature has been checked. */
export interface S3Request extends StoreRequest {
  readonly message: IncomingMessage;
  /** The body's signed SHA-256, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  /** Which other page of a list to answer with. */
  readonly list: "repeat-page" | "omit-page" | undefined;
}

/** What the store keeps. */
export interface Kept {
  readonly files: ObjectFiles;
  /** By `bucket/key`. */
  readonly locks: Map<string, ObjectLock>;
  /** Keys of a page of a list. */
  readonly pageSize: number;
}
