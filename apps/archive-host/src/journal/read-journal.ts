import { readFile, stat } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { STALE_AFTER } from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";
import {
  type AttemptSettings,
  type JournaledChunk,
  journaledChunkSchema,
  type JournalHead,
  journalHeadSchema,
} from "./journal-format.ts";

/** An attempt that can be resumed. */
interface ResumableAttempt {
  readonly head: JournalHead;
  /** The chunks that are stored, by their index. */
  readonly stored: ReadonlyMap<number, JournaledChunk>;
}

/** What a journal is good for: to resume, or why not; undefined where there is none. */
export type JournalReading = { readonly attempt: ResumableAttempt } | { readonly why: string };

/** Reads the journal of an interrupted archive, and holds it against what is asked for now. */
export async function readJournal(
  file: string,
  settings: AttemptSettings,
): Promise<JournalReading | undefined> {
  const text = await readFile(file, "utf8").catch(absent);
  if (text === undefined) return undefined;
  const [first = "", ...rest] = text.split("\n");
  const head = parseLine(journalHeadSchema, first);
  if (head === undefined) return { why: whyUnreadable(first) };
  const why = difference(head.settings, settings);
  if (why !== undefined) return { why };
  if (await isTooOld(file)) return { why: TOO_OLD };
  const stored = chunksIn(rest);
  return stored === undefined ? { why: DAMAGED } : { attempt: { head, stored } };
}

/** Milliseconds: an hour before `backup-manager gc` would take the attempt's chunks for garbage. */
const RESUMABLE = STALE_AFTER - 3_600_000;
const TOO_OLD = "it broke off so long ago that `gc` may have deleted its chunks";

/** It is written to with each chunk that is stored. */
async function isTooOld(file: string): Promise<boolean> {
  const { mtimeMs } = await stat(file);
  return Date.now() - mtimeMs > RESUMABLE;
}

const DAMAGED = "the journal is damaged";

/** Every line must be whole, the last one too: a journal that was cut is not trusted. */
function chunksIn(lines: readonly string[]): Map<number, JournaledChunk> | undefined {
  if (lines.at(-1) !== "") return undefined;
  const chunks = lines.slice(0, -1).map((line) => parseLine(journaledChunkSchema, line));
  const stored = new Map<number, JournaledChunk>();
  for (const chunk of chunks) {
    if (chunk === undefined) return undefined;
    stored.set(chunk.index, chunk);
  }
  return stored;
}

function parseLine<T>(schema: z.ZodType<T>, line: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

const otherFormat = z.object({ format: z.number() });

function whyUnreadable(line: string): string {
  const known = parseLine(otherFormat, line);
  return known === undefined ? DAMAGED : "another version wrote the journal";
}

const DIFFERENCES: readonly (readonly [keyof AttemptSettings, string])[] = [
  ["tool", "another version wrote the journal"],
  ["host", "the journal is another backup's"],
  ["number", "the journal is another backup's"],
  ["share", "another share is asked for"],
  ["backup", "BackupPC has another backup of that number now"],
  ["bucket", "`bucket` has changed"],
  ["endpoint", "`endpoint` has changed"],
  ["prefix", "`prefix` has changed"],
  ["chunkSize", "the chunk size has changed"],
  ["compression", "the compression has changed"],
  ["encryption", "the encryption has changed"],
];

function difference(before: AttemptSettings, now: AttemptSettings): string | undefined {
  return DIFFERENCES.find(([name]) => !isDeepStrictEqual(before[name], now[name]))?.[1];
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
