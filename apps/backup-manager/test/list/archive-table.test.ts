import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { expect, test } from "vitest";
import { archiveTable } from "../../src/list/archive-table.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

const ARCHIVES: readonly ArchiveSummary[] = [
  {
    id: { host: "gandalf", number: 5, attempt: "20261110T030000Z-000000" },
    status: "complete",
    started: new Date("2026-11-10T03:00:00Z"),
    finished: new Date("2026-11-10T05:00:00Z"),
    chunks: 120,
    storedBytes: 8_053_063_680,
    hasManifest: true,
    hasSums: true,
  },
  {
    id: { host: "gandalf", number: 1234, attempt: "20261122T090000Z-000000" },
    status: "unfinalized",
    started: new Date("2026-11-22T09:00:00Z"),
    hasManifest: false,
    hasSums: false,
  },
  {
    id: { host: "evil\u001B[2J\nhost", number: 0, attempt: "20261122T110000Z-000000" },
    status: "partial",
    started: new Date("2026-11-22T11:00:00Z"),
    finished: new Date("2026-11-22T11:55:00Z"),
    chunks: 1,
    storedBytes: 512,
    hasManifest: true,
    hasSums: true,
  },
];

test("the table tells host, number, age, chunks, size and status, and the totals", () => {
  expect(archiveTable(ARCHIVES, NOW)).toMatchInlineSnapshot(`
    "Hostname                Backup number          Age  Chunks    Size  Status
    gandalf                             5  12 days ago     120  8.1 GB  complete
    gandalf                          1234     3 hr ago       -       -  unfinalized *
    evil\\u{1b}[2J\\u{a}host              0    5 min ago       1   512 B  partial !
    3 archives of 2 hosts, 8.1 GB
    "
  `);
});
