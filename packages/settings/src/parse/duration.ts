import { LONGEST_AMOUNT } from "./size.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `90s`, `30m`, `12h`, `1d`, `2w` or `0`; undefined if it is no duration: a plain number has no unit. */
export function parseDuration(text: string): number | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  if (/^\s*0\s*$/.test(text)) return 0;
  const [, digits, unit = ""] = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*([smhdw])\s*$/.exec(text) ?? [];
  const each = SECONDS[unit];
  return digits === undefined || each === undefined ? undefined : Number(digits) * each;
}
