import { ArchiverError } from "../archiver-error.ts";
import type { ArchiveOptions } from "./archive-options.ts";

/** Bytes of the shortest mean of chunks, and of the longest. */
const MEAN = { least: 65_536, most: 33_554_432 };
/** Host, number and attempt together are the names of files of a restore, which have 255 bytes. */
const LAST_NUMBER = 99_999_999;
/** Bytes of a block of a tar. */
const SHORTEST = 512;

/**
 * Refuses numbers that cannot be meant, before anything is made or stored.
 *
 * @throws {ArchiverError} code `invalid-input`
 */
export function checkArchiveOptions(options: ArchiveOptions): void {
  const { number, memory, workers, connections, mean, most, expectedBytes, refreshAfterMs } =
    options;
  whole("number", number, 0, LAST_NUMBER);
  whole("memory", memory, 1);
  whole("workers", workers, 1);
  whole("connections", connections, 1);
  whole("mean", mean, MEAN.least, MEAN.most);
  whole("most", most, SHORTEST);
  whole("expectedBytes", expectedBytes, 0);
  whole("refreshAfterMs", refreshAfterMs, 1);
}

function whole(
  name: string,
  value: number | undefined,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} on` : `${least} to ${most}`;
  throw new ArchiverError(
    "invalid-input",
    `${name} is no whole number from ${range}: ${String(value)}.`,
  );
}
