import { posix } from "node:path";
import type { StoredStream } from "./archive-stream.ts";

/**
 * The text of SHA256SUMS before it is sealed, in the format of `sha256sum`: a
 * line for each stored chunk, one for each chunk's plaintext under its name
 * without what undoes it, one for the whole tar.
 *
 * @param tarName such as `gandalf.7.tar`, with which each chunk's name begins
 */
export function sha256Sums({ chunks, tar }: StoredStream, tarName: string): string {
  const names = chunks.map(({ entry }) => posix.basename(entry.key));
  const lines = [
    ...chunks.map(({ entry }, index) => `${entry.sha256}  ${names[index]}`),
    ...chunks.map(({ plainSha256 }, index) => `${plainSha256}  ${plainName(names[index] ?? "")}`),
    `${tar.sha256}  ${tarName}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** `gandalf.7.tar.00000001` of `gandalf.7.tar.00000001.gz.gpg`. */
function plainName(name: string): string {
  return /^.*\.tar\.\d{8}/.exec(name)?.[0] ?? name;
}
