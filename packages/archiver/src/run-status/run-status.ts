import { join } from "node:path";
import {
  type ArchiveId,
  archiveIdSchema,
  encodeHost,
  FORMAT,
} from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";

/** How far a running archive-host has come: the file in its working directory that others may read. */
export interface RunStatus extends ArchiveId {
  readonly format: typeof FORMAT;
  /** Who writes it: a process id comes back, with its start it does not. */
  readonly process: { readonly id: number; readonly start: string };
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly updated: string;
  readonly chunks: number;
  /** Bytes of the tar that are stored. */
  readonly tarBytes: number;
  readonly storedBytes: number;
  /** By BackupPC's record; null where it is not known. */
  readonly percent: number | null;
  /** What is sent at the moment. */
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

const count = z.number().int().nonnegative();

const progressSchema = z.object({
  format: z.literal(FORMAT),
  process: z.object({ id: z.number().int().positive(), start: z.string() }),
  started: z.iso.datetime(),
  updated: z.iso.datetime(),
  chunks: count,
  tarBytes: count,
  storedBytes: count,
  percent: count.max(100).nullable(),
  bytesPerSecond: count,
  secondsLeft: count.nullable(),
});

export const runStatusSchema: z.ZodType<RunStatus> = z.intersection(
  archiveIdSchema,
  progressSchema,
);

export const STATUS_SUFFIX = ".status.json";

/** `web%20server.7.status.json`: hosts such as `web` and `web.example.com` never meet in it. */
export function runStatusFile(
  folder: string,
  { host, number }: Pick<ArchiveId, "host" | "number">,
): string {
  return join(folder, `${encodeHost(host)}.${number}${STATUS_SUFFIX}`);
}
