import * as z from "zod";

/** BackupPC's own record of a backup. */
export interface BackupRecord {
  /** `full`, `incr`, `partial` or `active`. */
  readonly type: string;
  readonly started: Date;
  /** All that are no folders. Sockets count here, but are never in a tar. */
  readonly files: number;
  /** Bytes of all its files; the tar adds headers. */
  readonly size: number;
}

/**
 * The record of one backup in the text of BackupPC's `backups`: a line a backup, fields parted by TAB. Undefined if there is
 * none of this number, or it lacks what a tar is held against.
 */
export function parseBackups(text: string, number: number): BackupRecord | undefined {
  const line = text.split(/[\r\n]+/).find((each) => each.startsWith(`${number}\t`));
  return line === undefined ? undefined : recordSchema.safeParse(line.split("\t", FIELDS)).data;
}

const FIELDS = 6;
const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
/** Seconds since 1970, few enough for a date. */
const time = z
  .string()
  .regex(/^\d{1,11}$/)
  .transform((seconds) => new Date(Number(seconds) * 1000));
/** perl writes large numbers with an exponent. */
const bytes = z
  .string()
  .regex(/^\d{1,20}(\.\d{1,20})?(e\+\d{1,2})?$/)
  .transform(Number)
  .pipe(z.number().max(Number.MAX_SAFE_INTEGER));

const recordSchema = z
  .tuple([count, z.enum(["full", "incr", "partial", "active"]), time, z.string(), count, bytes])
  .transform(([, type, started, , files, size]): BackupRecord => ({ type, started, files, size }));
