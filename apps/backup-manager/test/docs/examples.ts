import type { ArchiveStatus, ArchiveSummary, Garbage } from "@backuppc-archive-s3/backup-catalog";
import { planRetention } from "@backuppc-archive-s3/backup-catalog";
import { helpText } from "../../src/command-line/help.ts";
import type { Planned } from "../../src/delete/delete-plan.ts";
import { deletedTable, planTable } from "../../src/delete/delete-table.ts";
import { why } from "../../src/delete/why.ts";
import { ok, unknown, warning } from "../../src/doctor/finding.ts";
import { findingLines } from "../../src/doctor/finding-lines.ts";
import { garbageTable } from "../../src/gc/garbage-table.ts";
import { archiveJson } from "../../src/json/archive.ts";
import { archiveTable } from "../../src/list/archive-table.ts";
import { leastPolicy } from "../../src/policy/least-policy.ts";
import { scriptTable } from "../../src/script/script-table.ts";
import { archiveSheet } from "../../src/show/archive-sheet.ts";
import { startedLine } from "../../src/start/started-line.ts";
import { verifyTable } from "../../src/verify/verify-table.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

const ARCHIVES = [
  archive("gandalf", 93, "complete", "2026-10-11T03:00:00Z", 118, 7_901_331_456),
  archive("gandalf", 123, "complete", "2026-11-10T03:00:00Z", 120, 8_053_063_680),
  archive("gandalf", 130, "partial", "2026-11-22T09:00:00Z", 97, 6_412_000_000),
  archive("witte", 41, "unfinalized", "2026-11-22T11:55:00Z"),
] as const;
const [OLDEST, COMPLETE, PARTIAL] = ARCHIVES;

const PLAN: readonly Planned[] = planRetention(ARCHIVES, { age: 30, keep: 1 }, NOW).map(
  ({ reasons, ...planned }) => ({ ...planned, why: why(reasons) }),
);

const GARBAGE: Garbage = {
  id: { host: "witte", number: 39, attempt: "20261114T030000Z-04bd2e" },
  status: "unfinalized",
  reason: "unfinalized",
  begun: true,
  objects: 18,
  bytes: 1_140_850_688,
  hidden: { versions: 0, bytes: 0 },
};

/** What commands print, for their page: by the functions that print it. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  "--help": helpText(undefined),
  list: archiveTable(ARCHIVES, NOW),
  show: archiveSheet(
    {
      ...archiveJson(COMPLETE),
      backup: { type: "full", started: "2026-11-09T22:00:00Z" },
      tarBytes: 12_884_901_888,
      compression: "gzip",
      encryption: { passphrase: true, recipients: [] },
      sourceErrors: 0,
      tool: "archive-host 0.1.0",
    },
    [],
  ),
  "delete --test": planTable(PLAN, NOW),
  delete: deletedTable(
    PLAN.map((planned) => ({
      ...planned,
      outcome:
        planned.action === "keep"
          ? undefined
          : { deleted: 122, bytes: 7_901_360_112, failures: [], strays: [] },
    })),
    NOW,
  ),
  script: scriptTable(
    [
      {
        host: "gandalf",
        number: 123,
        attempt: COMPLETE.id.attempt,
        status: "complete",
        file: "/srv/restore-scripts/restore_gandalf.sh",
        expires: "2026-11-29T12:00:00Z",
      },
    ],
    false,
  ),
  verify: verifyTable(
    [OLDEST, COMPLETE, PARTIAL].map((each) => ({
      archive: each,
      data: undefined,
      error: undefined,
      findings:
        each === OLDEST ? [{ kind: "missing", key: "x/gandalf.93.tar.00000017.gz.gpg" }] : [],
    })),
    NOW,
  ),
  gc: garbageTable(
    [
      {
        garbage: GARBAGE,
        outcome: { deleted: 18, bytes: 1_140_850_688, failures: [], strays: [] },
      },
    ],
    1,
    false,
  ),
  start: startedLine({ archiveHost: "archiveS3", hosts: ["gandalf", "witte"] }, false),
  doctor: findingLines([
    ok("configuration", "/etc/backuppc-archive-s3/config.toml has mode 640, user 0, group 118"),
    ok("passphrase", "can be read"),
    ok("list", "archives can be listed"),
    warning(
      "clock",
      "12 s behind the store's",
      "Set this machine's clock (timedatectl set-ntp true).",
    ),
    unknown("lifecycle", new Error("asking for lifecycle rules failed: 403 AccessDenied")),
    ok("gpg", "gpg (GnuPG) 2.2.40"),
    ok("BackupPC", "/usr/share/backuppc, 2 hosts with backups, archive host archiveS3"),
  ]),
  "policy uploader": `${JSON.stringify(leastPolicy("uploader", { bucket: "backuppc-offsite", prefix: "" }), null, 2)}\n`,
};

function archive(
  host: string,
  number: number,
  status: ArchiveStatus,
  time: string,
  chunks?: number,
  storedBytes?: number,
): ArchiveSummary {
  const started = new Date(time);
  const attempt = `${time.replaceAll(/[-:]/g, "")}-5f3a9c`;
  const known = { hasManifest: status !== "unfinalized", hasSums: status !== "unfinalized" };
  const shared = { id: { host, number, attempt }, status, started, ...known };
  if (chunks === undefined || storedBytes === undefined) return shared;
  return { ...shared, finished: started, chunks, storedBytes };
}
