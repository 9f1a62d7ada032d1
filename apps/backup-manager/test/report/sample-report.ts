import type { Report, ReportHost } from "../../src/report/report-json.ts";

const A_DAY = 86_400_000;
const WRITTEN = new Date("2026-11-22T06:30:00Z");

/** A report of so many hosts with so many archives each, a night apart; every seventh host has something to see to. */
export function sampleReport(hosts: number, archives: number, own: Partial<Report> = {}): Report {
  const all = Array.from({ length: hosts }, (_, at) => sampleHost(at, archives));
  const troubles = all
    .filter((_, at) => at % 7 === 1)
    .map(({ host }) => ({
      kind: "overdue",
      host,
      since: "2026-11-09T03:00:00.000Z",
      why: "BackupPC_tarCreate ended with status 1",
      todo: "Find out why the host is not archived, and archive it.",
      next: `backup-manager run -H ${host}`,
    }));
  return {
    format: 1,
    written: WRITTEN.toISOString(),
    store: "s3://backuppc-offsite/",
    policy: { age: 30, keep: 1, overdue: 8 },
    troubles,
    hosts: all,
    months: ["2026-08", "2026-09", "2026-10", "2026-11"].map((month, at) => ({
      month,
      uploadedBytes: hosts * 9e9 + at * 1e9,
      storedBytes: hosts * 9e9 * (at + 1),
      cost: hosts * 9 * (at + 1) * 0.006,
    })),
    price: { perGB: 0.006, currency: "EUR", source: "the configuration", date: null },
    ...own,
  };
}

const NAMES = ["gandalf", "witte", "frodo", "rivendell", "web-1", "web-2", "db", "mail"];

function sampleHost(at: number, archives: number): ReportHost {
  const isLate = at % 7 === 1;
  const host = at < NAMES.length ? (NAMES[at] ?? "") : `host-${at}.example.net`;
  const end = WRITTEN.getTime() - (isLate ? 13 * A_DAY : 3 * 3_600_000);
  const of = Array.from({ length: archives }, (_, nth) => sampleArchive(at, nth, archives, end));
  const drill = {
    time: "2026-11-14T05:15:00.000Z",
    number: archives,
    result: "proven" as const,
    reason: null,
    proven: "2026-11-14T05:15:00.000Z",
  };
  return {
    host,
    newestGood: of.findLast(({ good }) => good)?.started ?? null,
    drill: at % 3 === 2 ? null : drill,
    storedBytes: 31e9 + at * 2e9,
    archives: of,
    nextDelete: { archives: 2, bytes: 301e6, heldUntil: "2026-12-03T03:00:00.000Z" },
    held: { bytes: 84e6, until: at % 2 === 0 ? "2026-11-30T03:00:00.000Z" : null },
  };
}

function sampleArchive(
  at: number,
  nth: number,
  archives: number,
  end: number,
): ReportHost["archives"][number] {
  const odd = (nth * 31 + at * 17) % 23;
  const status = odd === 5 ? "partial" : odd === 11 ? "incomplete" : "complete";
  const started = new Date(end - (archives - 1 - nth) * A_DAY).toISOString();
  const isOld = nth < archives - 30;
  return {
    number: nth + 1,
    attempt: `${started.slice(0, 19).replaceAll(/[-:]/g, "")}Z-5f3a9c`,
    started,
    status,
    good: status === "complete",
    storedBytes: status === "incomplete" ? null : 8e9 + nth * 3e7 + odd * 1e7,
    newBytes: status === "incomplete" ? null : nth === 0 ? 8e9 : 9e7 + odd * 3e7,
    action: isOld && nth < 2 ? "delete" : "keep",
    why: isOld
      ? `${archives - nth} days old, ${archives - nth - 1} newer good`
      : `${archives - nth} days old`,
  };
}
