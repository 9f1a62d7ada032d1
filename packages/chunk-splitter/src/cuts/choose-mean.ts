import { CutError } from "../cut-error.ts";

const MIB = 1_048_576;
const MEANS = [2 * MIB, 4 * MIB, 8 * MIB, 16 * MIB];
const LARGEST_MEAN = 32 * MIB;
/** Where the size is not known: up to 128 GiB in as many chunks as below. */
const USUAL_MEAN = 8 * MIB;
/** Chunks that a restore, its script and its URLs handle well. */
const MOST_CHUNKS = 16_384;

/**
 * The mean for a host whose backup has so many bytes: the smallest of 2, 4, 8,
 * 16 and 32 MiB that gives 16,384 chunks or fewer, 32 MiB for what is larger,
 * and 8 MiB where the size is not known.
 *
 * @throws {CutError} code `invalid-input`: not a number of bytes
 */
export function chooseMean(backupBytes: number | undefined): number {
  if (backupBytes === undefined) return USUAL_MEAN;
  if (typeof backupBytes !== "number" || !(backupBytes >= 0)) {
    throw new CutError(
      "invalid-input",
      `The size of a backup is no number of bytes: ${backupBytes}.`,
    );
  }
  return MEANS.find((mean) => backupBytes / mean <= MOST_CHUNKS) ?? LARGEST_MEAN;
}
