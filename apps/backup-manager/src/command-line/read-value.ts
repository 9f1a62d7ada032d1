import { usageError } from "./usage-error.ts";

/** Reads an option's text; its errors name the option. */
type Read<Value> = (text: string) => Value;

/** @param option its long name */
export function textOf(option: string): Read<string> {
  return (text) => {
    if (text === "") throw usageError(`--${option} needs a value`);
    return text;
  };
}

export function wholeNumberOf(option: string): Read<number> {
  return (text) => {
    if (!/^\d{1,15}$/.test(text)) throw usageError(`--${option} needs a whole number`);
    return Number(text);
  };
}

/** Days and parts of them: a plain number, or one with a unit, such as `4w`. */
export function daysOf(option: string): Read<number> {
  return (text) => {
    const seconds = secondsIn(text, "d");
    if (seconds === undefined || seconds >= 1e6 * DAY)
      throw usageError(`--${option} needs a number of days, or a time such as 36h, 30d or 4w`);
    return seconds / DAY;
  };
}

/** Whole seconds: a plain number, or one with a unit, such as `7d`. */
export function secondsOf(option: string): Read<number> {
  return (text) => {
    const seconds = secondsIn(text, "s") ?? 0;
    if (!Number.isInteger(seconds) || seconds < 1)
      throw usageError(`--${option} needs a whole number of seconds, or a time such as 12h or 7d`);
    // The time at which it ends must still be a date.
    if (seconds >= 1e10) throw usageError(`--${option} needs less than 10 digits of seconds`);
    return seconds;
  };
}

/** Bytes: a plain number, or one with a unit, such as `500MB`, of powers of 1000 as sizes are shown. */
export function sizeOf(option: string): Read<number> {
  return (text) => {
    const [, digits = "", unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)\s?([kMGT]?B)?$/.exec(text) ?? [];
    const bytes = Number(digits) * (UNITS[unit] ?? 1);
    if (digits === "" || bytes < 1)
      throw usageError(`--${option} needs a size, such as 500MB or 2GB`);
    return Math.round(bytes);
  };
}

const UNITS: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** Percent: more than none, since a check of nothing would pass. */
export function percentOf(option: string): Read<number> {
  return (text) => {
    const percent = /^\d{1,3}%?$/.test(text) ? Number.parseInt(text, 10) : 0;
    if (percent < 1 || percent > 100)
      throw usageError(`--${option} needs a percentage from 1 to 100`);
    return percent;
  };
}

const DAY = 86_400;
const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: DAY,
  w: 7 * DAY,
};

/** @param plain the unit of a number that has none */
function secondsIn(text: string, plain: string): number | undefined {
  const [, digits, unit = plain] = /^(\d{1,15}(?:\.\d{1,6})?)([smhdw])?$/.exec(text) ?? [];
  const each = SECONDS[unit];
  return digits === undefined || each === undefined ? undefined : Number(digits) * each;
}
