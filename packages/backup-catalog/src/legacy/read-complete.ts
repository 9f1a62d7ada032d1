import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { damaged, readObject } from "../read/read-object.ts";
import type { Backup, LegacyMarker } from "./legacy-catalog.ts";
import { legacyPrefix } from "./legacy-key.ts";

/** COMPLETE holds start and end in seconds since 1970, and a message in quotes. */
const COMPLETE = /^(\d{1,11}(?:\.\d*)?) (\d{1,11}(?:\.\d*)?) "(.*)"\s*$/s;

/** Bytes: some numbers and a message of one line. */
const LONGEST = 65_536;

export async function readComplete(
  store: ObjectStore,
  backup: Backup,
  options?: CallOptions,
): Promise<LegacyMarker> {
  const key = `${legacyPrefix(backup)}.COMPLETE`;
  const bytes = await readObject(store, key, LONGEST, options);
  const match = COMPLETE.exec(Buffer.from(bytes).toString());
  if (match === null) throw damaged(key, "is not as the Python program wrote it");
  const [, start, end, message = ""] = match;
  return { started: fromSeconds(start), finished: fromSeconds(end), message };
}

function fromSeconds(seconds: string | undefined): Date {
  return new Date(Number(seconds) * 1000);
}
