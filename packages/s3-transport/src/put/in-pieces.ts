/** Bytes: small enough that a slow line takes one well within the time limit, large enough to cost nothing. */
const PIECE = 262_144;

/**
 * The same bytes in pieces of 256 KiB at most. Under TLS a write shows no
 * progress before its end, so one of many megabytes would look like a dead line.
 */
export async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of bytes) {
    if (block.length <= PIECE) yield block;
    else for (let at = 0; at < block.length; at += PIECE) yield block.subarray(at, at + PIECE);
  }
}
