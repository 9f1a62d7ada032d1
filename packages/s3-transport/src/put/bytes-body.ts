import { createHash } from "node:crypto";
import { demand } from "../check/demand.ts";
import type { ObjectBody } from "../object-store.ts";

/**
 * Bytes as a body.
 *
 * @param sha256 theirs in lower-case hex, where it is known already
 * @throws {StoreError} code `invalid-input`
 */
export function bytesBody(bytes: Uint8Array, sha256?: string): ObjectBody {
  demand(bytes instanceof Uint8Array, "The body's bytes are no Uint8Array.");
  return { bytes, sha256: sha256 ?? sha256Of(bytes) };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
