/** Days of `180d`, `180 days` or `180`; undefined if it is no whole number of them. */
export function parseDays(text: string): number | undefined {
  const [, digits] = /^\s*(\d{1,6})\s*(?:d|days?)?\s*$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
