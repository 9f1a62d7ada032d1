import { CatalogError } from "../catalog-error.ts";

/** What is kept of each host's archives. An archive goes only if no part of it says to keep. */
export interface RetentionPolicy {
  /** Keep what is this many days old or younger: 24 hours each, whatever clocks do. */
  readonly ageDays?: number;
  /** Keep so many of the newest complete archives; 1 unless given. The last complete one stays even at 0. */
  readonly keep?: number;
  /** Keep the newest complete archive of each of the last so many days that have one. */
  readonly daily?: number;
  /** The same for ISO 8601 weeks, which begin on Monday. */
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
  /** Where days begin, by its IANA name, such as `Europe/Berlin`; `UTC` unless given. */
  readonly timeZone?: string;
}

/**
 * Refuses a policy that nobody can mean: nothing given, or no whole numbers.
 *
 * @throws {CatalogError} code `invalid-policy`
 */
export function checkPolicy(policy: RetentionPolicy): void {
  const { ageDays, keep, daily, weekly, monthly, yearly, timeZone = "UTC" } = policy;
  const counts = { keep, daily, weekly, monthly, yearly };
  for (const [name, count] of Object.entries(counts)) {
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
      throw invalid(`\`${name}\` is not a whole number of 0 or more: ${count}`);
  }
  if (ageDays !== undefined && !(Number.isFinite(ageDays) && ageDays >= 0))
    throw invalid(`\`ageDays\` is not a number of days of 0 or more: ${ageDays}`);
  if ([ageDays, daily, weekly, monthly, yearly].every((rule) => rule === undefined))
    throw invalid("neither an age nor a calendar rule is given");
  if (!isTimeZone(timeZone)) throw invalid(`${timeZone} is no time zone`);
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function invalid(what: string): CatalogError {
  return new CatalogError("invalid-policy", `The retention policy can't be followed: ${what}.`);
}
