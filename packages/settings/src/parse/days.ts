import { LONGEST_AMOUNT } from "./size.ts";

/** Days of `180d`, `180 days` or `180`; undefined if it is no whole number of them. */
export function parseDays(text: string): number | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const [, digits] = /^\s*(\d{1,6})\s*(?:d|days?)?\s*$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
