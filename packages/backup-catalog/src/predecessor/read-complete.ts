import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { damaged, readText } from "../read-json.ts";
import type { Backup, PredecessorMarker } from "./predecessor-catalog.ts";
import { predecessorPrefix } from "./predecessor-key.ts";

/** COMPLETE holds start and end in seconds since 1970, and a message in quotes. */
const COMPLETE = /^(\d{1,11}(?:\.\d*)?) (\d{1,11}(?:\.\d*)?) "(.*)"\s*$/s;

export async function readComplete(
  store: ObjectStore,
  backup: Backup,
  options?: CallOptions,
): Promise<PredecessorMarker> {
  const key = `${predecessorPrefix(backup)}.COMPLETE`;
  const match = COMPLETE.exec(await readText(store, key, options));
  if (match === null) throw damaged(key, "is not as the predecessor wrote it");
  const [, start, end, message = ""] = match;
  return { started: fromSeconds(start), finished: fromSeconds(end), message };
}

function fromSeconds(seconds: string | undefined): Date {
  return new Date(Number(seconds) * 1000);
}
