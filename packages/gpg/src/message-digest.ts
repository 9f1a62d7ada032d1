import { createHash } from "node:crypto";

export interface MessageDigest {
  readonly length: number;
  readonly sha256: string;
}

/** Digests the bytes that pass; the digest is told once they have ended. */
export function digestPassing(source: AsyncIterable<Uint8Array>): {
  bytes: AsyncIterable<Uint8Array>;
  digest: () => MessageDigest;
} {
  let digest: MessageDigest | undefined;
  return {
    bytes: passing(source, (result) => (digest = result)),
    digest: () => told(digest),
  };
}

/** The digest, or an error for who asks too early. */
export function told(digest: MessageDigest | undefined): MessageDigest {
  if (digest === undefined) throw new Error("The message has not been read to its end.");
  return digest;
}

async function* passing(
  source: AsyncIterable<Uint8Array>,
  tell: (digest: MessageDigest) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const piece of source) {
    hash.update(piece);
    length += piece.length;
    yield piece;
  }
  tell({ length, sha256: hash.digest("hex") });
}
