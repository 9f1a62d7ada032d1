import { join } from "node:path";
import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { createDecryptor } from "../decrypt/decrypt.ts";
import { ManagerError } from "../manager-error.ts";
import { readMembers } from "../members/read-members.ts";
import type { Candidate } from "../script/candidate.ts";
import { titleOf } from "../script/prepare-script.ts";
import { checkBackupPc, compareWithBackupPc } from "./against-backuppc.ts";
import { hasNoPlace, noPlace } from "./cannot-drill.ts";
import { checkEmpty } from "./check-call.ts";
import { chooseMembers } from "./choose-members.ts";
import type { DrillInvocation } from "./command.ts";
import { type Compared, compareMembers } from "./compare-member.ts";
import { compareTree } from "./compare-tree.ts";
import type { DrillContext } from "./drill.ts";
import { reasonIn } from "./drill-verdict.ts";
import { secondsForAll } from "./estimate.ts";
import { type Expected, expectedMembers } from "./expected-members.ts";
import { restoreByScript } from "./restore-by-script.ts";
import type { EndedScript } from "./run-script.ts";
import { withScratch } from "./scratch.ts";

export type DrillChoice = Pick<
  DrillInvocation,
  "sample" | "largest" | "full" | "againstBackuppc" | "sabotage"
>;

/** What the drill of one archive has shown. */
export interface DrilledArchive extends Compared {
  /** How the script ended. If not well, nothing was compared. */
  readonly script: EndedScript;
  /** Seconds that a restore of everything takes; undefined if that is not known. */
  readonly secondsForAll: number | undefined;
  /** File name of the chunk that was changed on the way, with `sabotage`. */
  readonly sabotaged: string | undefined;
}

/** A drill, while it runs. */
export interface DrillWork {
  readonly candidate: Candidate;
  readonly head: Head;
  readonly asked: DrillChoice;
  readonly context: DrillContext;
  /** A private folder. */
  readonly scratch: string;
  /** That is restored into. */
  readonly restored: string;
  /** Aborts when somebody ends the program. */
  readonly signal: AbortSignal;
  /** All members, again at each call. */
  readonly members: () => AsyncIterable<IndexedMember>;
}

/**
 * Writes a restore script, runs it with nothing but what a rescue system has, and compares what it restores with the
 * member index.
 *
 * @throws {CatalogError} code `damaged`; {ManagerError}; {StoreError}
 */
export async function drillArchive(
  candidate: Candidate,
  asked: DrillChoice,
  context: DrillContext,
): Promise<DrilledArchive> {
  const head = headOf(candidate);
  return await withScratch(async (scratch, signal) => {
    const decryptor = await createDecryptor();
    const members = (): AsyncIterable<IndexedMember> => readMembers(head, decryptor, context.site);
    const restored = asked.full ?? join(scratch, "restored");
    try {
      const work = { candidate, head, asked, context, scratch, restored, signal, members };
      return await drillIn(work);
    } finally {
      await decryptor.close();
    }
  });
}

function headOf(candidate: Candidate): Head {
  if (candidate.head !== undefined) return candidate.head;
  throw new ManagerError(
    "no-such-archive",
    `${titleOf(candidate)} is a legacy archive, which has no member index to compare with`,
    "Write a restore script, and run it with --verify.",
  );
}

async function drillIn(work: DrillWork): Promise<DrilledArchive> {
  const { asked, head } = work;
  if (asked.full !== undefined) await checkEmpty(asked.full);
  // Not after hours of a restore.
  if (asked.againstBackuppc) await checkBackupPc(head);
  const expected = asked.full === undefined ? await choose(work) : [];
  const { script, sabotaged } = await restoreByScript(work, expected);
  const said = reasonIn(script.lines);
  if (!script.isWell && hasNoPlace(said)) throw noPlace(said);
  const nothing = { members: 0, bytes: 0, differences: [], secondsForAll: undefined };
  if (!script.isWell || asked.sabotage) return { script, sabotaged, ...nothing };
  const compared = await compare(work, expected);
  const others = asked.againstBackuppc ? await compareWithBackupPc({ ...work, expected }) : [];
  return {
    script,
    sabotaged,
    ...compared,
    differences: [...compared.differences, ...others],
    secondsForAll: await estimate(work, script, expected),
  };
}

/** Without any, the script would restore everything. */
async function choose({ candidate, asked, members }: DrillWork): Promise<Expected[]> {
  const chosen = await chooseMembers(members(), asked);
  if (chosen.length > 0) return await expectedMembers(chosen, members());
  throw new ManagerError(
    "no-such-archive",
    `${titleOf(candidate)} has no file that may be restored for a drill`,
    "Allow larger files (`drill --largest SIZE`), or restore everything (`drill -H HOST --full DIR`).",
  );
}

async function compare(
  { asked, restored, members }: DrillWork,
  expected: readonly Expected[],
): Promise<Compared> {
  const options = { owners: process.getuid?.() === 0 };
  if (asked.full !== undefined) return await compareTree(members, restored, options);
  return await compareMembers(expected, restored, options);
}

async function estimate(
  { asked, head, context }: DrillWork,
  { seconds }: EndedScript,
  expected: readonly Expected[],
): Promise<number | undefined> {
  if (asked.full !== undefined) return seconds;
  const { chunks } = await context.site.catalog.readManifest(head);
  return secondsForAll(seconds, expected, chunks);
}
