import type { Abortable } from "./abortable.ts";
import { CutError } from "./cut-error.ts";

/**
 * The source's pieces, none of them empty. Each is valid until the next is asked for.
 *
 * @throws {CutError} code `invalid-input`: a piece is not made of bytes
 */
export async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  abortable: Abortable,
): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  let open = true;
  try {
    for (;;) {
      const result = await abortable.wait(async () => await pieces.next());
      open = result.done !== true;
      if (result.done === true) return;
      if (checked(result.value).length > 0) yield result.value;
    }
  } finally {
    if (open) await close(pieces, abortable);
  }
}

function checked(piece: Uint8Array): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  throw new CutError(
    "invalid-input",
    `The stream has a piece that is no Uint8Array: ${typeof piece}.`,
  );
}

/** After an abort nobody waits: a source that is still busy would not answer. */
async function close(pieces: AsyncIterator<Uint8Array>, abortable: Abortable): Promise<void> {
  const closing = pieces.return?.();
  if (abortable.aborted) closing?.catch(() => {});
  else await closing;
}
