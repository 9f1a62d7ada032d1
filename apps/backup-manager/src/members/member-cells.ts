import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import type { Column } from "../text/table.ts";
import { type LinkTargets, targetOf } from "./link-targets.ts";
import type { MemberFacts } from "./member-facts.ts";
import { modeText } from "./member-kind.ts";
import { timeOfMember } from "./member-json.ts";

/** How tables show a member. */
export const MEMBER_COLUMNS: readonly Column[] = [
  { title: "Mode", align: "left" },
  { title: "Owner", align: "right" },
  { title: "Size", align: "right" },
  { title: "Modified", align: "left" },
];

/** @param member undefined for a folder that has no header of its own */
export function memberCells(member: MemberFacts | undefined): string[] {
  if (member === undefined) return ["d?????????", "-", "-", "-"];
  const { type, mode, uid, gid, size, mtime } = member;
  const time = timeOfMember(mtime);
  return [
    modeText(type, mode),
    `${uid}:${gid}`,
    size.toLocaleString("en"),
    time === undefined ? "-" : localTime(time),
  ];
}

/** A folder ends with a slash, as people write it, and a hard link with what it leads to, as in `tar -tv`. */
export function shownName(
  name: string,
  member: MemberFacts | undefined,
  targets: LinkTargets,
): string {
  if (member === undefined || member.type === "5") return printable(`${name}/`);
  const target = targetOf(member, targets);
  return printable(target === undefined ? name : `${name} link to ${target}`);
}
