import type { LinkTargets } from "../members/link-targets.ts";
import { MEMBER_COLUMNS, memberCells, shownName } from "../members/member-cells.ts";
import { lazily } from "../text/lazily.ts";
import { tableLines } from "../text/table.ts";
import type { Change } from "./changes-between.ts";

/** What hard links lead to. */
export interface TargetsOfBoth {
  readonly before: LinkTargets;
  readonly after: LinkTargets;
}

/** `+` was added, `-` removed, `M` changed: as it is in the newer archive, a removed one as it was. */
export function diffTable(changes: readonly Change[], targets: TargetsOfBoth): Iterable<string> {
  const columns = [
    { title: "", align: "left" as const },
    ...MEMBER_COLUMNS,
    { title: "Name", align: "left" as const },
  ];
  const rows = lazily(changes, ({ name, before, after }) => {
    const member = after ?? before;
    const sign = before === undefined ? "+" : after === undefined ? "-" : "M";
    return [
      sign,
      ...memberCells(member),
      shownName(name, member, after ? targets.after : targets.before),
    ];
  });
  return tableLines(columns, rows);
}
