import { MEMBER_COLUMNS, memberCells, shownName } from "../members/member-cells.ts";
import { printable } from "../text/printable.ts";
import { tableLines } from "../text/table.ts";
import type { FoundName } from "./versions.ts";

/** A line for each version of each name. */
export function findTable(found: readonly FoundName[]): Iterable<string> {
  const columns = [
    { title: "Host", align: "left" as const },
    { title: "Backups", align: "left" as const },
    ...MEMBER_COLUMNS,
    { title: "Name", align: "left" as const },
  ];
  return tableLines(columns, { [Symbol.iterator]: () => rowsOf(found) });
}

function* rowsOf(found: readonly FoundName[]): Generator<string[]> {
  for (const { host, name, versions } of found) {
    for (const { member, targets, archives } of versions) {
      const numbers = numbersText(archives.map(({ number }) => number));
      yield [printable(host), numbers, ...memberCells(member), shownName(name, member, targets)];
    }
  }
}

/** Numbers that follow each other as a range: `1-5, 7`. */
export function numbersText(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && number === range.last + 1) range.last = number;
    else if (range?.last !== number) ranges.push({ first: number, last: number });
  }
  return ranges
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(", ");
}
