import type { Head, Manifest } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { encodeHost } from "../host-name.ts";
import { membersName, plainName } from "../keys.ts";
import { encodeManifest } from "../manifest/encode-manifest.ts";
import { sha256Of } from "../read/read-object.ts";

/**
 * The text of SHA256SUMS, in the format of sha256sum(1): a line that binds it to the manifest; the stored
 * chunks in stream order, by their names below `chunks/<host>/`; each one's plaintext; the parts of the
 * member index.
 *
 * @param plainSha256 of each entry's slice of the tar, in the order of the manifest, lower-case hex
 * @param members digests of the stored parts, in order
 * @param encrypted whether the parts are
 */
export function sumsOf(
  manifest: Manifest,
  plainSha256: readonly string[],
  members: readonly string[],
  encrypted: boolean,
): string {
  const plain = plainSha256.map((sha256, index) => `${sha256}  ${plainName(manifest, index + 1)}`);
  const binding = bindingLine(manifest, sha256Of(encodeManifest(manifest)));
  const lines = [binding, ...storedLines(manifest), ...plain, ...memberLines(members, encrypted)];
  return `${lines.join("\n")}\n`;
}

/**
 * Compares decrypted SHA256SUMS with head and manifest: line by line, in order, repeats included. Whoever
 * has the passphrase knows then that the manifest is the one that was archived.
 *
 * @param text what SHA256SUMS.gpg decrypts to
 * @returns SHA-256 of each entry's slice of the tar, in the order of the manifest, lower-case hex
 * @throws {CatalogError} code `damaged`, naming the first line that is not as it must be
 */
export function checkSums(head: Head, manifest: Manifest, text: string): readonly string[] {
  const lines = linesOf(text);
  const expect = (line: string): void => {
    const found = lines.next().value;
    if (found !== line) throw disagreement(line, found);
  };
  expect(bindingLine(head, head.digests.manifest));
  for (const line of storedLines(manifest)) expect(line);
  const plain = manifest.chunks.map((_, index) => {
    const name = plainName(manifest, index + 1);
    const found = lines.next().value;
    const sha256 = found?.slice(0, DIGEST) ?? "";
    if (!/^[0-9a-f]{64}$/.test(sha256) || found !== `${sha256}  ${name}`)
      throw disagreement(`a digest of ${name}`, found);
    return sha256;
  });
  for (const line of memberLines(head.digests.members, head.encryption !== null)) expect(line);
  const more = lines.next().value;
  if (more !== undefined) throw disagreement("the end", more);
  return plain;
}

/** Characters of a SHA-256. */
const DIGEST = 64;

function bindingLine({ host, number, attempt }: Head | Manifest, digest: string): string {
  return `# ${encodeHost(host)} ${number} ${attempt} manifest ${digest}`;
}

function* storedLines({ chunks }: Manifest): Generator<string> {
  for (const { sha256, name } of chunks) yield `${sha256}  ${name}`;
}

function memberLines(members: readonly string[], encrypted: boolean): string[] {
  return members.map((sha256, index) => `${sha256}  ${membersName(index + 1, encrypted)}`);
}

/** Without making an array of some millions of lines. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    yield text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
  }
}

/** A line has no more than that of ours; the rest of another one is of no use to anybody. */
const SHOWN = 200;

function disagreement(expected: string, found: string | undefined): CatalogError {
  const instead = found === undefined ? "its end" : JSON.stringify(found.slice(0, SHOWN));
  const message = `The archive's SHA256SUMS have ${instead} in place of ${expected}.`;
  return new CatalogError("damaged", message);
}
