/**
 * What comes out of a program's pipe, also where this side closes it because
 * the program has ended badly and something that it left behind holds it.
 */
export async function* untilClosed(pipe: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pipe;
  } catch (error) {
    if (!isClosedEarly(error)) throw error;
  }
}

function isClosedEarly(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}
