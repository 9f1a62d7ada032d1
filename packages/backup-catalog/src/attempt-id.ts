import { randomBytes } from "node:crypto";

/** A new attempt id: UTC start in whole seconds, and 24 random bits, `20261122T031500Z-5f3a9c`. */
export function newAttemptId(now: Date): string {
  const start = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${start}-${randomBytes(3).toString("hex")}`;
}

/** When the attempt was started, or undefined if that is no attempt id. */
export function startOfAttempt(attempt: string): Date | undefined {
  const match = ATTEMPT.exec(attempt);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const start = new Date(iso);
  // The 30th of February is read as a day of March.
  return !Number.isNaN(start.getTime()) && start.toISOString() === iso ? start : undefined;
}

const ATTEMPT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{6}$/;
