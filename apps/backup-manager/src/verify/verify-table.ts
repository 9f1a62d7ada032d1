import { formatBytes } from "@backuppc-archive-s3/settings";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import { findingText } from "./finding-text.ts";
import { type Verdict, type Verified, verdictOf } from "./verified.ts";

/** A line for each archive, then one for each thing that is wrong. */
export function verifyTable(verified: readonly Verified[], now: Date): string {
  const rows = verified.map((each) => [
    printable(each.archive.id.host),
    String(each.archive.id.number),
    age(each.archive.finished ?? each.archive.started, now),
    each.archive.chunks === undefined ? "-" : String(each.archive.chunks),
    each.data === undefined ? "-" : formatBytes(each.data.bytes),
    RESULTS[verdictOf(each)],
  ]);
  const details = verified.flatMap((each) =>
    detailsOf(each).map((text) => `${titleOf(each)}: ${text}\n`),
  );
  return table(COLUMNS, rows) + details.join("") + totals(verified);
}

const RESULTS: Readonly<Record<Verdict, string>> = {
  intact: "intact",
  damaged: "DAMAGED",
  unverified: "not verified",
  unchecked: "not checked",
};

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Age", align: "right" },
  { title: "Chunks", align: "right" },
  { title: "Downloaded", align: "right" },
  { title: "Result", align: "left" },
];

/** More would hide the others; --json has all. */
const MOST_DETAILS = 10;

function detailsOf({ findings, error }: Verified): string[] {
  if (error !== undefined) return [...findings.map(findingText), error];
  const shown = findings.slice(0, MOST_DETAILS).map(findingText);
  const more = findings.length - shown.length;
  return more === 0 ? shown : [...shown, `and ${more} more`];
}

function titleOf({ archive: { id } }: Verified): string {
  return `${printable(id.host)} ${id.number}`;
}

function totals(verified: readonly Verified[]): string {
  const verdicts = verified.map(verdictOf);
  const bad = (["damaged", "unverified", "unchecked"] as const).flatMap((verdict) => {
    const number = verdicts.filter((each) => each === verdict).length;
    return number === 0 ? [] : [`${number} ${RESULTS[verdict].toLowerCase()}`];
  });
  const words = bad.length === 0 ? ["all intact"] : bad;
  return `${[count(verified.length, "archive"), ...words].join(", ")}\n`;
}
