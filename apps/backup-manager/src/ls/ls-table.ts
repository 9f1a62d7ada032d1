import { MEMBER_COLUMNS, memberCells, shownName } from "../members/member-cells.ts";
import { table } from "../text/table.ts";
import type { ListedMember } from "./members-below.ts";

/** @param path the folder that was asked for: names are shown without it */
export function lsTable(members: readonly ListedMember[], path: string): string {
  const columns = [...MEMBER_COLUMNS, { title: "Name", align: "left" as const }];
  const rows = members.map(({ name, member }) => {
    const short = path !== "" && name.startsWith(`${path}/`) ? name.slice(path.length + 1) : name;
    return [...memberCells(member), shownName(short, member)];
  });
  return table(columns, rows);
}
