const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Characters: matching a long run of blanks takes time in its square. */
export const LONGEST_AMOUNT = 100;

/**
 * Bytes of `64MiB`, `1.5 GB`, `500_000` or `1000`; undefined if it is no size.
 * KiB, MiB … are powers of 1024, kB, MB … of 1000.
 */
export function parseSize(text: string): number | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const [, digits = "", unit = ""] = /^\s*(\d[\d_]*(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(text) ?? [];
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (digits === "" || factor === undefined) return undefined;
  const bytes = Math.round(Number(digits.replaceAll("_", "")) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Bytes a second of `20MB/s`, `20 MB` or `160Mbit/s`; undefined if it is no rate. */
export function parseRate(text: string): number | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const amount = text.replace(/\s*\/\s*s\s*$/, "");
  const [bits] = /bit\s*$/.exec(amount) ?? [];
  if (bits === undefined) return parseSize(amount);
  const bytes = parseSize(amount.replace(/bit\s*$/, "B"));
  return bytes === undefined ? undefined : bytes / 8;
}

/** Days of `180d`, `180 days` or `180`; undefined if it is no whole number of them. */
export function parseDays(text: string): number | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const [, digits] = /^\s*(\d{1,6})\s*(?:d|days?)?\s*$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
