import type { Writable } from "node:stream";

/**
 * Writes pieces one by one: the next is asked for when the one before has been made use of, so that its memory may be
 * filled again then. What the source throws destroys the stream, and is thrown.
 */
export async function feed(plain: AsyncIterable<Uint8Array>, into: Writable): Promise<void> {
  // Who writes is told by the callback, who reads by the stream.
  into.on("error", () => {});
  try {
    for await (const piece of plain) await written(into, piece);
    into.end();
  } catch (error) {
    into.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function written(into: Writable, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    into.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
