import { describe, expect, test } from "vitest";
import { NO_RUNS } from "../../src/backuppc/read-last-runs.ts";
import { troublesOf } from "../../src/nightly/overdue-step.ts";
import { nextCommand } from "../../src/nightly/trouble.ts";
import { summaryOf } from "../summary-of.ts";

const FOUND = [summaryOf(12, "complete", "late"), summaryOf(2, "incomplete", "late")];
const MISSING = { overdue: [], never: [], vanished: [], all: false };

describe("A host that is overdue", () => {
  test("has BackupPC's last error as the reason, and the attempt that failed", () => {
    const runs = { ...NO_RUNS, archiveErrors: new Map([["late", "no room"]]) };
    const [trouble] = troublesOf({ ...MISSING, overdue: ["late"] }, 8, FOUND, runs);
    expect(trouble).toEqual({
      kind: "overdue",
      host: "late",
      attempt: FOUND[1]?.id.attempt,
      since: FOUND[0]?.finished,
      why: "no room",
    });
  });

  test("has what is known where BackupPC has no error of it", () => {
    const [trouble] = troublesOf({ ...MISSING, overdue: ["late"] }, 8, FOUND, NO_RUNS);
    expect(trouble?.why).toBe("no complete archive for 8 days");
  });
});

test("Of a host whose first archive is not finished nothing is said of days", () => {
  const first = [summaryOf(0, "incomplete", "new")];
  const [trouble] = troublesOf({ ...MISSING, overdue: ["new"] }, 8, first, NO_RUNS);
  expect(trouble).toMatchObject({
    kind: "overdue",
    since: undefined,
    why: "there is no complete archive of it",
  });
});

describe("A host that BackupPC no longer backs up", () => {
  const started = FOUND[0]?.started ?? new Date(NaN);

  test.each([
    ["no ping response", "no ping response"],
    ["", "BackupPC has made no backup of it since"],
  ])("is another trouble than one that nobody archives (its error: %j)", (error, why) => {
    const backuppc = "/usr/local/BackupPC";
    const backups = new Map([["late", { started, error }]]);
    const runs = { archiveErrors: new Map(), backups, folder: backuppc };
    const troubles = troublesOf({ ...MISSING, overdue: ["late"] }, 8, FOUND, runs);
    expect(troubles).toEqual([
      { kind: "not-backed-up", host: "late", attempt: undefined, since: started, backuppc, why },
    ]);
    expect(troubles.map(nextCommand)).toEqual(["/usr/local/BackupPC/bin/BackupPC_dump -v late"]);
  });

  test("is overdue if a backup has begun after its last complete archive", () => {
    const later = new Date(started.getTime() + 1000);
    const runs = { ...NO_RUNS, backups: new Map([["late", { started: later, error: "" }]]) };
    const [trouble] = troublesOf({ ...MISSING, overdue: ["late"] }, 8, FOUND, runs);
    expect(trouble?.kind).toBe("overdue");
  });
});

describe("A host whose newest archive is partial", () => {
  const found = [summaryOf(12, "complete", "late"), summaryOf(2, "partial", "late")];
  const [last, partial] = found;
  const kindsWith = (started: Date | undefined): (string | undefined)[] => {
    const backups = new Map(started === undefined ? [] : [["late", { started, error: "" }]]);
    const runs = { ...NO_RUNS, backups };
    return troublesOf({ ...MISSING, overdue: ["late"] }, 8, found, runs).map(({ kind }) => kind);
  };

  test("is not sent to run, which leaves out what is archived", () => {
    const missing = { ...MISSING, overdue: ["late"] };
    expect(troublesOf(missing, 8, found, NO_RUNS)).toEqual([
      {
        kind: "partial",
        host: "late",
        attempt: partial?.id.attempt,
        since: last?.finished,
        why: `the archive of backup ${partial?.id.number} is partial: BackupPC had errors reading it`,
      },
    ]);
    const runs = { ...NO_RUNS, archiveErrors: new Map([["late", "archived as partial late 2"]]) };
    expect(troublesOf(missing, 8, found, runs)[0]?.why).toBe("archived as partial late 2");
  });

  test("is overdue like any other once there is a later backup", () => {
    const started = partial?.started ?? new Date(NaN);
    expect(kindsWith(started)).toEqual(["partial"]);
    expect(kindsWith(new Date(started.getTime() + 1000))).toEqual(["overdue"]);
  });
});

test("Who was never archived, and whose archives vanished, are different troubles", () => {
  const missing = { ...MISSING, overdue: ["new", "void"], never: ["new"], vanished: ["void"] };
  const troubles = troublesOf(missing, 8, FOUND, NO_RUNS);
  expect(troubles.map(({ kind, host, since }) => [kind, host, since])).toEqual([
    ["never", "new", undefined],
    ["vanished", "void", undefined],
  ]);
});

test("An empty store is one trouble, of no host", () => {
  const [trouble, ...others] = troublesOf({ ...MISSING, all: true }, 8, [], NO_RUNS);
  expect([trouble?.kind, trouble?.host, others]).toEqual(["empty", undefined, []]);
});
