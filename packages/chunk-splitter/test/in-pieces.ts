/** Bytes in pieces of these lengths again and again, all in the same memory, which is overwritten before the next. */
export async function* inPieces(
  bytes: Uint8Array,
  lengths: readonly number[] = [65_536],
): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(Math.max(...lengths));
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const piece = bytes.subarray(at, at + (lengths[turn % lengths.length] ?? 1));
    memory.set(piece);
    yield memory.subarray(0, piece.length);
    memory.fill(0xaa);
    at += piece.length;
  }
}
