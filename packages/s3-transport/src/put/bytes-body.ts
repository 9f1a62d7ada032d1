import { createHash } from "node:crypto";
import type { ObjectBody } from "../object-store.ts";

/** Bytes as a body. @param sha256 theirs in lower-case hex, where it is known already */
export function bytesBody(bytes: Uint8Array, sha256 = sha256Of(bytes)): ObjectBody {
  return { bytes, sha256 };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
