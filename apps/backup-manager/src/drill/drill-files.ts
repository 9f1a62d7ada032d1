import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ArchiverError, readPrivate, replacePrivate } from "@backuppc-archive-s3/archiver";
import { decodeHost, encodeHost } from "@backuppc-archive-s3/backup-catalog";
import { messageOf } from "@backuppc-archive-s3/process";
import type { ManagerError } from "../manager-error.ts";
import { cannotDrill } from "./cannot-drill.ts";
import { drillsSchema, type HostDrills } from "./drill-record.ts";

/** What is kept of drills, by host. A file each, `<host>.drill` in `stateDirectory`, 0600. */
export type Drills = ReadonlyMap<string, HostDrills>;

/**
 * Of all hosts. Where `stateDirectory` is not on this machine, none. A file that cannot be read is as good as none: the
 * host's next drill replaces it.
 *
 * @param note gets a line about each such file
 */
export async function readDrills(folder: string, note: (line: string) => void): Promise<Drills> {
  const names = await readdir(folder).catch(() => []);
  const drills = new Map<string, HostDrills>();
  for (const name of names) {
    const [, segment] = /^(.+)\.drill$/.exec(name) ?? [];
    const host = segment === undefined ? undefined : decodeHost(segment);
    if (host === undefined) continue;
    const kept = await readFileOf(join(folder, name), note);
    if (kept !== undefined) drills.set(host, kept);
  }
  return drills;
}

/** When a drill proved each host last; hosts that none has proven are left out. */
export function provenAt(drills: Drills): ReadonlyMap<string, Date> {
  return new Map(
    [...drills].flatMap(([host, { proven }]) =>
      proven === null ? [] : [[host, new Date(proven.time)] as const],
    ),
  );
}

async function readFileOf(
  path: string,
  note: (line: string) => void,
): Promise<HostDrills | undefined> {
  try {
    const bytes = await readPrivate(path);
    return bytes && drillsSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (error) {
    const why = error instanceof ArchiverError ? error.message : `${path} is damaged.`;
    note(`the last drill is not known: ${why} Drill the host again.`);
    return undefined;
  }
}

/** Replaces the host's file, at once or not at all. @throws {ManagerError} code `cannot-drill` */
export async function writeDrills(folder: string, drills: HostDrills): Promise<void> {
  const path = join(folder, `${encodeHost(drills.host)}.drill`);
  try {
    await replacePrivate(path, [`${JSON.stringify(drills, null, 2)}\n`]);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** Before anything is fetched: `list --undrilled` would know nothing of a drill whose result is lost. @throws {ManagerError} code `cannot-drill` */
export async function checkDrillFolder(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw unusable(folder, error);
  });
}

function unusable(folder: string, cause: unknown): ManagerError {
  const why = messageOf(cause);
  const message = `the result of a drill cannot be kept in ${folder}: ${why}`;
  const hint = "Set stateDirectory to a directory of your own (mkdir -m 700 DIR).";
  return cannotDrill(message, hint, cause);
}
