/** A time as people read it, by this machine's clock: `2026-11-22 04:15 CET`. */
export function localTime(time: Date): string {
  return FORMAT.format(time);
}

/** Sweden writes dates as ISO 8601 does. */
const FORMAT = new Intl.DateTimeFormat("sv-SE", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
