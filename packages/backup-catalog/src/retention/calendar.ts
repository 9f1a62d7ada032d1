/** What calendar rules keep one archive of. */
export type Period = "daily" | "weekly" | "monthly" | "yearly";

/** From the shortest to the longest. */
export const PERIODS: readonly Period[] = ["daily", "weekly", "monthly", "yearly"];

const DAY = 86_400_000;

/**
 * Names the period that a time is in: `2026-11-22`, `2026-W47`, `2026-11`, `2026`. Names of one
 * period sort by time. Weeks are those of ISO 8601: the week of a year's first Thursday is its first.
 */
export type Calendar = (time: Date, period: Period) => string;

/** @param timeZone IANA name; it decides when a day begins */
export function calendarIn(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  return (time, period) => {
    const day = dayOf(format, time);
    if (period === "daily") return day.toISOString().slice(0, 10);
    if (period === "weekly") return isoWeek(day);
    return day.toISOString().slice(0, period === "monthly" ? 7 : 4);
  };
}

/** Midnight UTC of the day that it is there. */
function dayOf(format: Intl.DateTimeFormat, time: Date): Date {
  const fields = new Map(
    format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
  );
  const field = (type: Intl.DateTimeFormatPartTypes): number => fields.get(type) ?? Number.NaN;
  return new Date(Date.UTC(field("year"), field("month") - 1, field("day")));
}

function isoWeek(day: Date): string {
  const weekday = (day.getUTCDay() + 6) % 7;
  const thursday = new Date(day.getTime() + (3 - weekday) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
