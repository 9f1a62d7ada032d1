import { CutError } from "./cut-error.ts";
import type { CutOptions } from "./cut-options.ts";

const KEY_BYTES = 32;
const SMALLEST_MEAN = 65_536;
const LARGEST_MEAN = 33_554_432;
const SMALLEST_MOST = 512;

/**
 * Refuses what cannot be meant.
 *
 * @throws {CutError} code `invalid-input`
 */
export function checkOptions(source: AsyncIterable<Uint8Array>, options: CutOptions): void {
  const { key, mean, most, allocate, onMember, signal } = options;
  demand(
    typeof Object(source)[Symbol.asyncIterator] === "function",
    "The source is no stream: it needs an async iterator.",
  );
  demand(
    key instanceof Uint8Array && key.length === KEY_BYTES,
    `The key of the cuts is no Uint8Array of ${KEY_BYTES} bytes.`,
  );
  demand(
    isBetween(mean, SMALLEST_MEAN, LARGEST_MEAN),
    `The mean is no whole number from ${SMALLEST_MEAN} to ${LARGEST_MEAN}: ${String(mean)}.`,
  );
  demand(
    most === undefined || isBetween(most, SMALLEST_MOST, Number.MAX_SAFE_INTEGER),
    `The longest chunk is no whole number of ${SMALLEST_MOST} bytes or more: ${String(most)}.`,
  );
  demand(allocate === undefined || typeof allocate === "function", "allocate is no function.");
  demand(onMember === undefined || typeof onMember === "function", "onMember is no function.");
  demand(signal === undefined || signal instanceof AbortSignal, "The signal is no AbortSignal.");
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

function demand(met: boolean, message: string): void {
  if (!met) throw new CutError("invalid-input", message);
}
