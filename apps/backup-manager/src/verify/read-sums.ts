/** Digests by name, of the text of SHA256SUMS as `sha256sum` writes it. */
export function readSums(text: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, digest, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (digest !== undefined && name !== undefined) sums.set(name, digest);
  }
  return sums;
}
