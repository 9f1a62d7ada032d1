import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, describe, expect, test } from "vitest";
import type { RunInvocation } from "../../src/run-command/command.ts";
import { runArchives } from "../../src/run-command/run-archives.ts";
import { runJsonSchema } from "../../src/run-command/run-json.ts";
import type { Site } from "../../src/site.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { type FakeBackupPc, fakeBackupPc } from "../start/fake-backuppc.ts";
import { attemptOf, storeArchive, type StoreOptions } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";
import { archiveDaemon } from "./archive-daemon.ts";

const ASKED: RunInvocation = {
  host: undefined,
  archiveHost: undefined,
  config: undefined,
  json: false,
  quiet: false,
  test: false,
  list: false,
};

const BEGAN = 1_790_000_000;
const HOSTS = [
  ["archives3", "archive", 0],
  ["done", "rsync", [[3, "full", BEGAN]]],
  ["fresh", "rsync", 0],
  [
    "gandalf",
    "tar",
    [
      [6, "full", BEGAN],
      [7, "incr", BEGAN + 90_000],
    ],
  ],
  ["witte", "rsync", [[2, "full", BEGAN]]],
] as const;

let site: Site;
let output: RecordingOutput;
let backuppc: FakeBackupPc;
/** What BackupPC was asked to archive, in its order. */
let archived: string[];
beforeEach(async () => {
  site = siteOf(createMemoryStore());
  output = recordingOutput();
  archived = [];
  backuppc = await fakeBackupPc({ hosts: HOSTS });
  await store("done", 3, BEGAN, 9);
  await store("gandalf", 6, BEGAN, 5);
});

async function store(
  host: string,
  number: number,
  began: number,
  daysAgo = 0,
  options: StoreOptions = {},
): Promise<void> {
  const id = { host, number, attempt: attemptOf(daysAgo) };
  const started = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const backup = { type: "full", started: new Date(began * 1000).toISOString() };
  const facts = { backup, started };
  await storeArchive({ store: site.store, vault: PLAIN_VAULT }, id, { ...options, facts });
}

/** BackupPC archives as it should. */
async function well(host: string, number: number): Promise<undefined> {
  archived.push(`${host} ${number}`);
  await store(host, number, number === 7 ? BEGAN + 90_000 : BEGAN);
}

async function run(asked: Partial<RunInvocation> = {}): Promise<string> {
  const options = { folders: [backuppc.folder], interval: 2 };
  return await runArchives({ ...ASKED, ...asked }, site, output, options);
}

test("What is due is archived, neediest first, and nothing of it the next time", async () => {
  archiveDaemon(backuppc, well);
  expect(await run()).toBe("done");
  expect(archived).toEqual(["witte 2", "gandalf 7"]);
  expect(output.results.join("")).toMatchInlineSnapshot(`
    "Hostname  Backup number  Result    Why
    witte                 2  archived  2 new chunks, 11 B uploaded
    gandalf               7  archived  2 new chunks, 11 B uploaded
    fresh                 -  skipped   BackupPC has no backup of it yet that could be archived
    done                  3  skipped   it is archived already
    4 hosts: 2 archived, 2 skipped
    "
  `);
  expect(output.notes).toEqual([]);
  expect(await run({ quiet: true })).toBe("done");
  expect(archived).toHaveLength(2);
});

test("Where one fails the next has its turn, and BackupPC's error is reported", async () => {
  archiveDaemon(backuppc, async (host, number) => {
    if (host === "gandalf") return await well(host, number);
    archived.push(`${host} ${number}`);
    return "the store was away. Check the network.";
  });
  expect(await run({ json: true })).toBe("failed");
  expect(archived).toEqual(["witte 2", "gandalf 7"]);
  expect(output.notes).toEqual(["witte 2: failed: the store was away. Check the network."]);
  const { hosts } = runJsonSchema.parse(JSON.parse(output.results.join("")));
  expect(hosts.map(({ host, number, result }) => [host, number, result])).toEqual([
    ["witte", 2, "failed"],
    ["gandalf", 7, "archived"],
    ["fresh", null, "skipped"],
    ["done", 3, "skipped"],
  ]);
});

test("An archive host that archives elsewhere is a failure, though BackupPC calls it well", async () => {
  archiveDaemon(backuppc, async () => undefined);
  expect(await run({ host: "witte" })).toBe("failed");
  expect(output.notes).toEqual([
    expect.stringMatching(
      /^witte 2: failed: .* there is no archive in the store: check ArchiveClientCmd/,
    ),
  ]);
});

test("A partial archive is reported where archive-host calls it a failure", async () => {
  const partial = async (host: string, number: number): Promise<void> =>
    await store(host, number, BEGAN, 0, { sourceErrors: 2 });
  archiveDaemon(backuppc, async (host, number) => {
    await partial(host, number);
    return "archived as partial";
  });
  expect(await run({ host: "witte" })).toBe("failed");
  expect(output.notes).toEqual(["witte 2: partial: archived as partial"]);
});

test("It waits for an archive that somebody else has asked for", async () => {
  archiveDaemon(backuppc, well);
  await writeFile(join(backuppc.topFolder, "busy"), "");
  expect(await run({ host: "witte" })).toBe("done");
  expect(archived).toEqual(["witte 2"]);
});

test("It waits on where the store is away for a part of that time", async () => {
  archiveDaemon(backuppc, well);
  await writeFile(join(backuppc.topFolder, "busy"), "");
  const real = site.catalog;
  let looks = 0;
  const catalog = {
    ...real,
    list: async (asked?: Parameters<typeof real.list>[0]) => {
      if (asked?.host !== "witte" || ++looks !== 3) return await real.list(asked);
      throw new StoreError("unreachable", "no answer", { permanent: false, answered: false });
    },
  };
  site = { ...site, catalog };
  expect(await run({ host: "witte" })).toBe("done");
  expect(archived).toEqual(["witte 2"]);
  expect(looks).toBeGreaterThan(3);
});

test("What another run archives meanwhile is not archived again", async () => {
  // The other one has just asked for witte, and has gandalf next.
  await writeFile(join(backuppc.topFolder, "busy"), "");
  const real = site.catalog;
  let looks = 0;
  const catalog = {
    ...real,
    list: async (asked?: Parameters<typeof real.list>[0]) => {
      if (asked?.host === "witte" && ++looks === 3) await well("witte", 2);
      if (asked?.host === "gandalf" && !archived.includes("gandalf 7")) await well("gandalf", 7);
      return await real.list(asked);
    },
  };
  site = { ...site, catalog };
  expect(await run()).toBe("done");
  expect(archived).toEqual(["witte 2", "gandalf 7"]);
  expect(output.results.join("")).toMatch(
    /^gandalf +7 +skipped +another run has archived it meanwhile$/m,
  );
  expect(output.results.join("")).toMatch(/\n4 hosts: 4 skipped\n$/);
});

test("A request that BackupPC forgets ends the wait", async () => {
  await writeFile(join(backuppc.topFolder, "forgets"), "");
  expect(await run({ host: "witte" })).toBe("failed");
  expect(output.notes).toEqual([
    "witte 2: failed: BackupPC no longer knows of the request. It was probably restarted. The next run asks again.",
  ]);
});

test("A server that does not run is reported for each host, and leaves no request behind", async () => {
  await writeFile(join(backuppc.topFolder, "down"), "");
  expect(await run({ host: "witte" })).toBe("failed");
  expect(output.notes).toEqual([
    "witte 2: failed: BackupPC does not start the archive: unix connect: refused. Check that BackupPC runs, and its log.",
  ]);
});

test("It goes by the store's clock: this machine's may be years behind", async () => {
  archiveDaemon(backuppc, well);
  const later = new Date(Date.now() + 900 * 86_400_000);
  await store("gandalf", 6, BEGAN, -899);
  site = { ...site, store: { ...site.store, now: () => later } };
  await run({ host: "gandalf", test: true });
  expect(output.results.join("")).toMatch(/^gandalf +7 +planned /m);
});

describe("The hosts", () => {
  test("are chosen by the configuration, which may have patterns; what fits none is reported", async () => {
    site = {
      ...site,
      schedule: { ...site.schedule, hosts: ["w*", "gandolf"], excludeHosts: ["x"] },
    };
    expect(await run({ test: true })).toBe("done");
    expect(output.results.join("")).toMatch(
      /^Hostname .*\nwitte +2 +planned +full backup\n1 host: 1 planned\n$/,
    );
    expect(output.notes).toEqual([
      "the configuration names a host that BackupPC does not back up: gandolf",
      "the configuration names a host that BackupPC does not back up: x",
    ]);
  });

  test("may be excluded once BackupPC has them no more: their archives are not mistyped", async () => {
    await store("gone", 1, BEGAN, 90);
    site = { ...site, schedule: { ...site.schedule, excludeHosts: ["gone"] } };
    expect(await run({ test: true })).toBe("done");
    expect(output.notes).toEqual([]);
  });

  test("must be BackupPC's", async () => {
    await expect(run({ host: "frodo" })).rejects.toMatchObject({
      code: "no-such-host",
      hint: "It backs up: done, fresh, gandalf, witte.",
    });
  });
});
