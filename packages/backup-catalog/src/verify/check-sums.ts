import { posix } from "node:path";
import type { Manifest } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { tarName } from "../keys.ts";

/** What an archive's SHA256SUMS say beyond its manifest: digests of plaintext, lower-case hex. */
export interface CheckedSums {
  /** Of each chunk decrypted and decompressed, in the order of the manifest's chunks. */
  readonly plainSha256: readonly string[];
  /** Of the whole tar. */
  readonly tarSha256: string;
}

/**
 * Compares decrypted SHA256SUMS with the manifest. Who has the passphrase knows then that the manifest is
 * the one that was archived, since only who had it too can have made the sums.
 *
 * @param text what `SHA256SUMS.gpg` decrypts to, in the format of sha256sum(1)
 * @throws {CatalogError} code `damaged` if a line is missing, too many, or tells another digest
 */
export function checkSums(manifest: Manifest, text: string): CheckedSums {
  const sums = parse(text);
  const take = (name: string): string => {
    const sum = sums.get(name);
    sums.delete(name);
    if (sum === undefined) throw damaged(`have no line for ${name}`);
    return sum;
  };
  const tar = tarName(manifest);
  const tarSha256 = take(tar);
  const plainSha256 = manifest.chunks.map(({ key, sha256 }) => {
    const name = posix.basename(key);
    const plainName = name.slice(0, tar.length + INDEX);
    const plain = take(plainName);
    // Without compression and encryption, both are the same line.
    const stored = name === plainName ? plain : take(name);
    if (stored !== sha256) throw damaged(`tell another digest of ${name} than the manifest`);
    return plain;
  });
  const [other] = sums.keys();
  if (other !== undefined) throw damaged(`tell of ${other}, which the manifest does not name`);
  return { plainSha256, tarSha256 };
}

/** Characters of `.00000001`. */
const INDEX = 9;
const LINE = /^([0-9a-f]{64}) [ *](.+)$/;

function parse(text: string): Map<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line): [string, string] => {
      const [, sum, name] = LINE.exec(line) ?? [];
      if (sum === undefined || name === undefined)
        throw damaged("are not as sha256sum writes them");
      return [name, sum];
    }),
  );
}

function damaged(what: string): CatalogError {
  const message = `The archive's SHA256SUMS ${what}.`;
  return new CatalogError("damaged", message, "Restore another archive.");
}
