import { createHash } from "node:crypto";
import type { ObjectBody } from "./object-store.ts";

/** A small object held in memory, such as a JSON. */
export function bytesBody(bytes: Uint8Array): ObjectBody {
  return {
    length: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    async *open() {
      yield bytes;
    },
  };
}
