import type { DiffInvocation } from "./command.ts";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { jsonText } from "../json/json-text.ts";
import { archiveWithMembers } from "../members/archive-with-members.ts";
import { membersOfArchive } from "../members/members-of-archive.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { lazily } from "../text/lazily.ts";
import { createDecryptor } from "../decrypt/decrypt.ts";
import { changeJson, diffJsonSchema } from "./diff-json.ts";
import { diffTable } from "./diff-table.ts";
import { type Change, changesBetween } from "./changes-between.ts";

/** Compares the files of two archives of a host by their member indexes: type, mode, owner, size and time. */
export async function diff(asked: DiffInvocation, site: Site, output: Output): Promise<Outcome> {
  const from = await choose(asked, asked.from, site, output);
  const to = await choose(asked, asked.to, site, output);
  const decryptor = await createDecryptor();
  let changes: readonly Change[];
  try {
    changes = await changesBetween(
      membersOfArchive(from, decryptor, site),
      membersOfArchive(to, decryptor, site),
    );
  } finally {
    await decryptor.close();
  }
  const result = {
    format: 1 as const,
    host: asked.host,
    from: idOf(from),
    to: idOf(to),
    changes: lazily(changes, changeJson),
  };
  if (asked.json) await output.result(jsonText(diffJsonSchema, result));
  else if (changes.length > 0) await output.result(diffTable(changes));
  return "done";
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
