import { StoreError } from "../store-error.ts";

/** Refuses what cannot be meant. @throws {StoreError} code `invalid-input` */
export function demand(met: boolean, message: string): void {
  if (!met) throw new StoreError("invalid-input", message, { permanent: true });
}

/** Without blanks and control characters, so that it may stand in a header. */
export function isHeaderText(value: unknown): boolean {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

export function isOneOf(value: unknown, choices: readonly unknown[]): boolean {
  return choices.includes(value);
}

export function isWhole(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least;
}

/** Of milliseconds, say: neither NaN nor without an end. */
export function isAmount(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= least;
}
