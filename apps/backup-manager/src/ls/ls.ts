import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { createDecryptor } from "../decrypt/decrypt.ts";
import { jsonText } from "../json/json-text.ts";
import { archiveWithMembers } from "../members/archive-with-members.ts";
import { type LinkTargets, linkTargets } from "../members/link-targets.ts";
import { MEMBER_COLUMNS, memberCells, shownName } from "../members/member-cells.ts";
import { plainName } from "../members/member-name.ts";
import { membersOfArchive } from "../members/members-of-archive.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { lazily } from "../text/lazily.ts";
import { printable } from "../text/printable.ts";
import { tableLines } from "../text/table.ts";
import type { LsInvocation } from "./command.ts";
import { listedJson, lsJsonSchema } from "./ls-json.ts";
import { type ListedMember, membersBelow } from "./members-below.ts";
import { nearestNames } from "./nearest-names.ts";

/** Lists the files of an archive as `ls -l` does, from its member index. */
export async function ls(asked: LsInvocation, site: Site, output: Output): Promise<Outcome> {
  const head = await archiveWithMembers({ ...asked, incomplete: false }, site, output);
  const { host, number, attempt } = head;
  const path = plainName(asked.path);
  const decryptor = await createDecryptor();
  try {
    const read = (): AsyncIterable<IndexedMember> => membersOfArchive(head, decryptor, site);
    const found = await membersBelow(read(), path, asked.recursive);
    if (found === undefined) {
      const near = await nearestNames(read(), path);
      const hint = near.length === 0 ? "" : `; did you mean ${near.map(printable).join(", ")}?`;
      output.note(`${printable(host)} ${number} has no ${printable(path)}${hint}`);
      return "nothing-matched";
    }
    const listed = lazily(found, listedJson);
    const json = { format: 1 as const, host, number, attempt, members: listed };
    if (asked.json) await output.result(jsonText(lsJsonSchema, json));
    else {
      const links = found.flatMap(({ member }) => member ?? []);
      const targets = await linkTargets(links, read);
      await output.result(lsTable(found, path, targets));
    }
    return "done";
  } finally {
    await decryptor.close();
  }
}

/** @param path the folder that was asked for: names are shown without it */
export function lsTable(
  members: readonly ListedMember[],
  path: string,
  targets: LinkTargets,
): Iterable<string> {
  const columns = [...MEMBER_COLUMNS, { title: "Name", align: "left" as const }];
  const rows = lazily(members, ({ name, member }) => {
    const short = path !== "" && name.startsWith(`${path}/`) ? name.slice(path.length + 1) : name;
    return [...memberCells(member), shownName(short, member, targets)];
  });
  return tableLines(columns, rows);
}
