import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import type { DiffInvocation } from "./command.ts";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { jsonText } from "../json/json-text.ts";
import { archiveWithMembers } from "../members/archive-with-members.ts";
import { linkTargets } from "../members/link-targets.ts";
import { membersOfArchive } from "../members/members-of-archive.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { lazily } from "../text/lazily.ts";
import { createDecryptor } from "../decrypt/decrypt.ts";
import { changeJson, diffJsonSchema } from "./diff-json.ts";
import { diffTable, type TargetsOfBoth } from "./diff-table.ts";
import { type Change, changesBetween } from "./changes-between.ts";

/** Compares the files of two archives of a host by their member indexes: type, mode, owner, size and time. */
export async function diff(asked: DiffInvocation, site: Site, output: Output): Promise<Outcome> {
  const from = await choose(asked, asked.from, site, output);
  const to = await choose(asked, asked.to, site, output);
  const { changes, targets } = await compare(from, to, site);
  const result = {
    format: 1 as const,
    host: asked.host,
    from: idOf(from),
    to: idOf(to),
    changes: lazily(changes, changeJson),
  };
  if (asked.json) await output.result(jsonText(diffJsonSchema, result));
  else if (changes.length > 0) await output.result(diffTable(changes, targets));
  return "done";
}

async function compare(
  from: Head,
  to: Head,
  site: Site,
): Promise<{ readonly changes: readonly Change[]; readonly targets: TargetsOfBoth }> {
  const decryptor = await createDecryptor();
  const before = (): AsyncIterable<IndexedMember> => membersOfArchive(from, decryptor, site);
  const after = (): AsyncIterable<IndexedMember> => membersOfArchive(to, decryptor, site);
  try {
    const changes = await changesBetween(before(), after());
    const targets = {
      before: await linkTargets(
        changes.flatMap((change) => change.before ?? []),
        before,
      ),
      after: await linkTargets(
        changes.flatMap((change) => change.after ?? []),
        after,
      ),
    };
    return { changes, targets };
  } finally {
    await decryptor.close();
  }
}

async function choose(
  { host, acceptUnverified }: DiffInvocation,
  number: number,
  site: Site,
  output: Output,
): Promise<Head> {
  const wanted = { host, number, attempt: undefined, incomplete: false, acceptUnverified };
  return await archiveWithMembers(wanted, site, output);
}

function idOf({ number, attempt }: Head): { number: number; attempt: string } {
  return { number, attempt };
}
