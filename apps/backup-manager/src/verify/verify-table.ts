import { formatBytes } from "@backuppc-archive-s3/settings";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import { findingText, isDamage } from "./finding-text.ts";
import type { Verified } from "./verify-archives.ts";

/** A line for each archive, then one for each thing that is wrong. */
export function verifyTable(verified: readonly Verified[], now: Date): string {
  const rows = verified.map(({ archive, findings, data, error }) => [
    printable(archive.id.host),
    String(archive.id.number),
    age(archive.finished ?? archive.started, now),
    archive.chunks === undefined ? "-" : String(archive.chunks),
    data === undefined ? "-" : formatBytes(data.bytes),
    error === undefined ? (findings.some(isDamage) ? "DAMAGED" : "whole") : "not checked",
  ]);
  const details = verified.flatMap((each) =>
    detailsOf(each).map((text) => `${titleOf(each)}: ${text}\n`),
  );
  return table(COLUMNS, rows) + details.join("") + totals(verified);
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Age", align: "right" },
  { title: "Chunks", align: "right" },
  { title: "Downloaded", align: "right" },
  { title: "Result", align: "left" },
];

/** More would hide the others; --json tells all. */
const MOST_DETAILS = 10;

function detailsOf({ findings, error }: Verified): string[] {
  if (error !== undefined) return [error];
  const shown = findings.slice(0, MOST_DETAILS).map(findingText);
  const more = findings.length - shown.length;
  return more === 0 ? shown : [...shown, `and ${more} more`];
}

function titleOf({ archive: { id } }: Verified): string {
  return `${printable(id.host)} ${id.number}`;
}

function totals(verified: readonly Verified[]): string {
  const damaged = verified.filter(({ findings }) => findings.some(isDamage)).length;
  const unchecked = verified.filter(({ error }) => error !== undefined).length;
  const bad = [
    ...(damaged === 0 ? [] : [`${damaged} damaged`]),
    ...(unchecked === 0 ? [] : [`${unchecked} not checked`]),
  ];
  return `${[count(verified.length, "archive"), ...(bad.length === 0 ? ["all whole"] : bad)].join(", ")}\n`;
}
