import type { Head, Manifest } from "../archive.ts";

/**
 * The text of SHA256SUMS, in the format of sha256sum(1): a line that binds it to the manifest; the stored chunks in
 * stream order, by their names below `chunks/<host>/`; each one's plaintext; the parts of the member index.
 *
 * @param plainSha256 of each entry's slice of the tar, in the order of the manifest, lower-case hex
 * @param members digests of the stored parts, in order
 * @param encrypted whether the members are
 */
export function sumsOf(
  _manifest: Manifest,
  _plainSha256: readonly string[],
  _members: readonly string[],
  _encrypted: boolean,
): string {
  throw new Error("not yet");
}

/**
 * Compares decrypted SHA256SUMS with head and manifest: line by line, in order, repeats included. Who has the
 * passphrase knows then that the manifest is the one that was archived.
 *
 * @param text what SHA256SUMS.gpg decrypts to
 * @returns SHA-256 of each entry's slice of the tar, in the order of the manifest, lower-case hex
 * @throws {CatalogError} code `damaged`, naming the first line that is not as it must be
 */
export function checkSums(_head: Head, _manifest: Manifest, _text: string): readonly string[] {
  throw new Error("not yet");
}
