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
    newChunks: 3,
    newBytes: 212_000_000,
    ambiguous: false,
    deleted: false,
  },
  {
    id: { host: "gandalf", number: 1234, attempt: "20261122T090000Z-000000" },
    status: "incomplete",
    started: new Date("2026-11-22T09:00:00Z"),
    ambiguous: false,
    deleted: false,
  },
  {
    id: { host: "evil\u001B[2J\nhost", number: 0, attempt: "20261122T110000Z-000000" },
    status: "partial",
    started: new Date("2026-11-22T11:00:00Z"),
    finished: new Date("2026-11-22T11:55:00Z"),
    chunks: 1,
    storedBytes: 512,
    newChunks: 1,
    newBytes: 512,
    ambiguous: false,
    deleted: false,
  },
  {
    id: { host: "old", number: 7, attempt: "legacy" },
    status: "complete",
    started: new Date("2013-11-22T11:00:00Z"),
    finished: new Date("2013-11-22T11:55:00Z"),
    chunks: 1,
    storedBytes: 512,
    ambiguous: false,
    deleted: false,
  },
  {
    id: { host: "old", number: 8, attempt: "20261122T110000Z-000000" },
    status: "complete",
    started: new Date("2026-11-22T11:00:00Z"),
    ambiguous: true,
    deleted: false,
  },
];

test("the table has host, number, age, chunks, size, what was new and status, and totals", () => {
  expect(archiveTable(ARCHIVES, NOW)).toMatchInlineSnapshot(`
    "Hostname                Backup number            Age  Chunks    Size          New  Status
    gandalf                             5    12 days ago     120  8.1 GB  3, 212.0 MB  complete
    gandalf                          1234       3 hr ago       -       -            -  incomplete *
    evil\\u{1b}[2J\\u{a}host              0      5 min ago       1   512 B     1, 512 B  partial !
    old                                 7  4748 days ago       1   512 B            -  complete (unsigned)
    old                                 8       1 hr ago       -       -            -  two markers !
    5 archives of 3 hosts, 212.0 MB uploaded
    "
  `);
});
