import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";

/** Bytes between two pauses: some milliseconds of work. */
const STEP = 8_388_608;

/**
 * SHA-256 in lower-case hex, in this thread: handing a chunk to another one and back costs as much as digesting it. Pauses now and
 * then, so that uploads go on.
 */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += STEP) {
    if (at > 0) await setImmediate();
    hash.update(bytes.subarray(at, at + STEP));
  }
  return hash.digest("hex");
}
