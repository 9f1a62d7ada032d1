import { demand, isWhole } from "../check/demand.ts";
import type { PutOptions } from "../object-store.ts";

/**
 * Bytes: small enough that a slow line takes one well within the time limit, large enough to cost
 * nothing. Under TLS a write shows no progress before its end, so one of many megabytes would look
 * like a dead line.
 */
const PIECE = 262_144;

/** A body as it is sent: in pieces of 256 KiB at most, each when `pace` lets it go. */
export async function* piecesOf(
  bytes: Uint8Array,
  { pace, signal }: Pick<PutOptions, "pace" | "signal">,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const wanted = Math.min(PIECE, bytes.length - at);
    const length = pace === undefined ? wanted : await pace(wanted);
    signal?.throwIfAborted();
    demand(
      isWhole(length, 1) && length <= wanted,
      `The pace of ${wanted} bytes is no number of them from 1 on: ${String(length)}.`,
    );
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
