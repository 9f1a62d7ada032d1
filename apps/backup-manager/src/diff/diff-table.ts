import { MEMBER_COLUMNS, memberCells, shownName } from "../members/member-cells.ts";
import { table } from "../text/table.ts";
import type { Change } from "./changes-between.ts";

/** `+` was added, `-` removed, `M` changed: as it is in the newer archive, a removed one as it was. */
export function diffTable(changes: readonly Change[]): string {
  const columns = [
    { title: "", align: "left" as const },
    ...MEMBER_COLUMNS,
    { title: "Name", align: "left" as const },
  ];
  const rows = changes.map(({ name, before, after }) => {
    const member = after ?? before;
    const sign = before === undefined ? "+" : after === undefined ? "-" : "M";
    return [sign, ...memberCells(member), shownName(name, member)];
  });
  return table(columns, rows);
}
