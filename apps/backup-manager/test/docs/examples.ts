import {
  type ArchiveFacts,
  type ArchiveStatus,
  type ArchiveSummary,
  type GcPlan,
  planRetention,
} from "@backuppc-archive-s3/backup-catalog";
import { drillTable } from "../../src/drill/drill-table.ts";
import { helpText } from "../../src/command-line/help.ts";
import type { DoneHost } from "../../src/delete/delete-planned.ts";
import { deletedTable, planTable } from "../../src/delete/delete-table.ts";
import { why } from "../../src/delete/why.ts";
import { diffTable } from "../../src/diff/diff-table.ts";
import { findingLines, ok, unknown, warning } from "../../src/doctor/finding.ts";
import { findTable } from "../../src/find/find-table.ts";
import type { Freed } from "../../src/free/free-host.ts";
import { freedTable } from "../../src/gc/freed-table.ts";
import { archiveJson } from "../../src/json/archive.ts";
import { archiveTable } from "../../src/list/archive-table.ts";
import { lsTable } from "../../src/ls/ls.ts";
import { kitText } from "../../src/kit/kit-text.ts";
import { leastPolicy } from "../../src/policy/least-policy.ts";
import { rekeyTable } from "../../src/rekey/rekey-table.ts";
import { scriptTable } from "../../src/script/script-table.ts";
import { archiveSheet } from "../../src/show/archive-sheet.ts";
import { runTable } from "../../src/run-command/run-table.ts";
import { startedLine } from "../../src/start/started-line.ts";
import { verifyTable } from "../../src/verify/verify-table.ts";
import { indexed } from "../members/indexed.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

const ARCHIVES: readonly ArchiveSummary[] = [
  archive("gandalf", 93, "complete", "2026-10-11T03:00:00Z", [3850, 7_901_331_456, 121, 301e6]),
  archive("gandalf", 123, "complete", "2026-11-10T03:00:00Z", [3921, 8_053_063_680, 84, 212e6]),
  archive("gandalf", 130, "partial", "2026-11-22T09:00:00Z", [3902, 7_998_000_000, 97, 260e6]),
  archive("witte", 41, "incomplete", "2026-11-22T11:55:00Z"),
];
const [OLDEST, COMPLETE = archive("gandalf", 1, "complete", "2026-11-10T03:00:00Z"), PARTIAL] =
  ARCHIVES;

const DRILL = {
  time: "2026-11-21T04:30:00.000Z",
  number: 123,
  result: "proven" as const,
  reason: null,
};

/** Of hard links. */
const targets = new Map<number, string>();

const FSTAB = indexed("./etc/fstab", { size: 711, mtime: 1_793_836_800 });
const idOf = (number: number) => ({ number, attempt: COMPLETE.id.attempt });

const FREED = freed("gandalf", { freedBytes: 301_000_000 }, true);

const BROKEN_OFF: GcPlan["attempts"][number] = {
  id: COMPLETE.id,
  newestMs: 0,
  records: 1,
  bytes: 200,
  hasManifest: false,
  reason: "broken-off",
};

function plans(done: boolean): DoneHost[] {
  return ["gandalf", "witte"].map((host) => {
    const ofHost = ARCHIVES.filter(({ id }) => id.host === host);
    const decisions = planRetention(ofHost.map(factsOf), { ageDays: 30, keep: 1 }, NOW);
    const archives = decisions.map(({ archive: { summary }, action, reasons }) => ({
      archive: summary,
      action,
      why: why(reasons),
      outcome:
        done && action === "delete"
          ? { deleted: 6, freedBytes: 812_000, failures: [], unknownKeys: [] }
          : undefined,
    }));
    const plan = { host, archives, inventory: undefined, stop: undefined };
    const hostFreed =
      host === "gandalf" ? { ...FREED, ...(done ? {} : { outcome: undefined }) } : undefined;
    return { plan, archives, freed: hostFreed, isWell: true };
  });
}

/** What commands print, for their page: by the functions that print it. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  "--help": await helpText(undefined),
  list: archiveTable(ARCHIVES, NOW, new Map([["gandalf", { last: DRILL, proven: DRILL }]])),
  show: archiveSheet(
    {
      ...archiveJson(COMPLETE),
      verified: true,
      signer: "5A2F5C1E6F0B4C7D8E9FA0B1C2D3E4F506172839",
      unverified: null,
      backup: { type: "full", started: "2026-11-09T22:00:00Z" },
      tarBytes: 12_884_901_888,
      compression: "gzip",
      encryption: { passphrase: true, recipients: [] },
      sourceErrors: 0,
      members: 184_213,
      reused: [
        { attempt: "20261109T030000Z-1c20aa", chunks: 61 },
        { attempt: "20261108T030000Z-9b01d3", chunks: 40 },
        { attempt: "20260901T030000Z-77e0f2", chunks: 3736 },
      ],
      holdUntil: "2026-12-03T03:00:00Z",
      uploader: "5A2F5C1E6F0B4C7D8E9FA0B1C2D3E4F506172839",
      drill: { ...DRILL, reason: null, proven: DRILL.time },
      tool: "archive-host 0.1.0",
    },
    [],
  ),
  ls: [
    ...lsTable(
      [
        { name: "etc/fstab", member: FSTAB },
        { name: "etc/ssh", member: indexed("./etc/ssh/", { mtime: 1_793_836_800, size: 0 }) },
        {
          name: "etc/sudo",
          member: indexed("./etc/sudo", { mode: 0o4755, mtime: 1_793_836_800, size: 166_056 }),
        },
        {
          name: "etc/sudoedit",
          member: indexed("./etc/sudoedit", {
            type: "1",
            mode: 0o4755,
            mtime: 1_793_836_800,
            size: 0,
            linkOffset: 512,
          }),
        },
      ],
      "etc",
      new Map([[512, "etc/sudo"]]),
    ),
  ].join(""),
  find: [
    ...findTable([
      {
        host: "gandalf",
        name: "etc/fstab",
        versions: [
          {
            member: { ...FSTAB, size: 655, mtime: 1_780_000_000 },
            targets,
            archives: [93].map(idOf),
          },
          { member: FSTAB, targets, archives: [122, 123].map(idOf) },
        ],
      },
    ]),
  ].join(""),
  diff: [
    ...diffTable(
      [
        { name: "etc/fstab", before: { ...FSTAB, size: 655 }, after: FSTAB },
        {
          name: "etc/motd.old",
          before: indexed("./etc/motd.old", { mtime: 1_780_000_000, size: 286 }),
          after: undefined,
        },
        {
          name: "etc/ssh/ssh_host_key",
          before: undefined,
          after: indexed("k", { mode: 0o600, mtime: 1_793_836_800, size: 513 }),
        },
      ],
      { before: targets, after: targets },
    ),
  ].join(""),
  "delete --test": planTable(plans(false), NOW),
  delete: deletedTable(plans(true), NOW),
  script: scriptTable(
    [
      {
        host: "gandalf",
        number: 123,
        attempt: COMPLETE.id.attempt,
        status: "complete",
        verified: true,
        file: "/srv/restore-scripts/restore_gandalf.sh",
        expires: "2026-11-29T12:00:00Z",
      },
    ],
    false,
  ),
  kit: kitText({
    format: 1,
    printed: NOW.toISOString(),
    store: {
      endpoint: "https://s3.example.net",
      region: "eu-central-1",
      bucket: "backuppc-offsite",
      prefix: "",
    },
    hosts: [
      {
        host: "gandalf",
        good: {
          number: 123,
          attempt: COMPLETE.id.attempt,
          time: COMPLETE.started.toISOString(),
          storedBytes: 8_053_063_680,
        },
        drill: { ...DRILL, proven: DRILL.time },
      },
    ],
    keys: { signers: ["5A2F5C1E6F0B4C7D8E9FA0B1C2D3E4F506172839"], recipients: [] },
    places: {
      configuration: "/etc/backuppc-archive-s3/config.toml",
      passphrase: "/etc/backuppc-archive-s3/passphrase",
      signers: ["/var/lib/backuppc-archive-s3/signing-key.public.asc"],
      authority: null,
    },
  }),
  verify: verifyTable(
    [OLDEST, COMPLETE, PARTIAL].flatMap((each) =>
      each === undefined
        ? []
        : [
            {
              archive: each,
              trust: undefined,
              data: undefined,
              error: undefined,
              findings:
                each === PARTIAL
                  ? []
                  : [
                      {
                        kind: "missing",
                        key: "x/20260901T030000Z-77e0f2.00000017.gz.gpg",
                      } as const,
                    ],
            },
          ],
    ),
    NOW,
  ),
  drill: drillTable([
    {
      host: "gandalf",
      number: 123,
      attempt: COMPLETE.id.attempt,
      started: DRILL.time,
      scope: "members",
      againstBackuppc: false,
      result: "proven",
      reason: null,
      members: 12,
      bytes: 84_213_000,
      differences: [],
      seconds: 4.2,
      secondsForAll: 402,
    },
  ]),
  gc: freedTable(
    [
      freed(
        "gandalf",
        {
          chunks: manyChunks(121),
          attempts: [BROKEN_OFF],
          freedBytes: 301_000_000,
          laterBytes: 84_000_000,
          laterAfter: new Date("2026-12-04T03:00:00Z"),
        },
        true,
      ),
      freed("witte", { youngBytes: 1_140_850_688 }, true),
    ],
    false,
  ),
  rekey: rekeyTable(
    [{ host: "gandalf", changed: 30, unchanged: 0, without: 1, failures: [] }],
    false,
  ),
  run: runTable([
    {
      host: "witte",
      number: 41,
      result: "archived",
      isWell: true,
      message: "84 new chunks, 212.0 MB uploaded",
    },
    {
      host: "frodo",
      number: 12,
      result: "failed",
      isWell: false,
      message: "BackupPC_tarCreate ended with status 1",
    },
    {
      host: "gandalf",
      number: 130,
      result: "skipped",
      isWell: true,
      message: "it is archived already",
    },
  ]),
  start: startedLine({ archiveHost: "archives3", hosts: ["gandalf", "witte"] }, false),
  doctor: findingLines([
    ok("configuration", "/etc/backuppc-archive-s3/config.toml has mode 640, user 0, group 118"),
    ok("passphrase", "opens the newest archive, gandalf 130"),
    ok("signers", "1 file of signing keys; /var/lib/backuppc/archives3 is on this machine"),
    ok("list", "archives can be listed"),
    warning(
      "clock",
      "12 s behind the store's",
      "Set this machine's clock (timedatectl set-ntp true).",
    ),
    unknown("lifecycle", new Error("asking for lifecycle rules failed: 403 AccessDenied")),
    ok("gpg", "gpg (GnuPG) 2.2.40"),
    ok("BackupPC", "/usr/share/backuppc, 2 hosts with backups, archive host archives3"),
  ]),
  "policy uploader": `${JSON.stringify(leastPolicy("uploader", place()), null, 2)}\n`,
};

function place(): Parameters<typeof leastPolicy>[1] {
  const bucket = "backuppc-offsite";
  return { bucket, prefix: "", conditionalPuts: true, locks: false, tags: false };
}

function manyChunks(count: number): GcPlan["chunks"] {
  const chunk = { name: "", attempt: "", index: 1, length: 1, modifiedMs: 0, visible: true };
  return Array.from({ length: count }, () => chunk);
}

function freed(host: string, plan: Partial<GcPlan>, immediate: boolean): Freed {
  const none = {
    chunks: [],
    strike: [],
    attempts: [],
    freedBytes: 0,
    laterBytes: 0,
    youngBytes: 0,
  };
  const whole = { host, ...none, ...plan };
  const { freedBytes } = whole;
  return { plan: whole, outcome: { deleted: 1, freedBytes, failures: [] }, immediate };
}

function factsOf(summary: ArchiveSummary): ArchiveFacts & { readonly summary: ArchiveSummary } {
  const { id, status, started } = summary;
  const facts = { uploader: "one", trust: "verified", damaged: false, ambiguous: false } as const;
  return { id, status, time: started, ...facts, summary };
}

function archive(
  host: string,
  number: number,
  status: ArchiveStatus,
  time: string,
  counts?: readonly [chunks: number, storedBytes: number, newChunks: number, newBytes: number],
): ArchiveSummary {
  const started = new Date(time);
  const attempt = `${time.replaceAll(/[-:]/g, "")}-5f3a9c`;
  const shared = {
    id: { host, number, attempt },
    status,
    started,
    ambiguous: false,
    deleted: false,
  };
  if (counts === undefined) return shared;
  const [chunks, storedBytes, newChunks, newBytes] = counts;
  return { ...shared, finished: started, chunks, storedBytes, newChunks, newBytes };
}
