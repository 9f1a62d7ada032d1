// What once left an archive that was listed as complete and could not be restored. Whatever is listed is restored here, by its script.
import { createHash } from "node:crypto";
import { appendFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type AttackSite, DAY, openAttackSite, well } from "./attack-site.ts";

// Each archives several times, and restores by gpg.

let site: AttackSite;
let host: string;
let hosts = 0;
beforeAll(async () => {
  site = await openAttackSite();
});
afterAll(async () => await site.close());
beforeEach(async () => {
  host = `host${++hosts}`;
  site.passed = 0;
  site.wrong = { server: 0, manager: 0 };
  site.fault = () => undefined;
  await site.configure("server", {});
  await site.configure("manager", {});
});

test("interrupted, deleted, and archived again", async () => {
  await interrupted();
  await site.manage(["delete", "-H", host, "-b", "1"], "server");
  well(await site.archive(host, 1));
  await site.manage(["gc"], "server");
  expect(await restored(1)).toEqual(await listTree(site.tree));
});

test("by a manager elsewhere whose clock is two days ahead, who runs gc and delete beside a running archive", async () => {
  well(await site.archive(host, 1));
  await site.manage(["delete", "-H", host, "-b", "1"]);
  site.wrong.manager = 2 * DAY;
  let collected: Promise<unknown> | undefined;
  site.fault = ({ method, key }) => {
    if (method === "PUT" && key.endsWith("/manifest.json"))
      collected ??= site.manage(["gc"]).then(async () => await site.manage(["delete", "-a", "0"]));
    return undefined;
  };
  const archived = well(await site.archive(host, 2));
  expect(archived.stdout).toContain("0 new");
  await collected;
  well(await site.manage(["gc"]));
  site.wrong.manager = 0;
  expect(await restored(2)).toEqual(await listTree(site.tree));
});

test.each([
  ["behind", -400 * DAY],
  ["ahead", 400 * DAY],
])(
  "on a server whose clock is a year %s, and nothing is taken for old or of the future",
  async (_, wrong) => {
    site.wrong.server = wrong;
    well(await site.archive(host, 1));
    await site.manage(["gc"]);
    const kept = await site.manage(["delete", "-H", host, "-a", "30", "-t"]);
    expect(kept.stdout).toContain("0 archives of 1 would be deleted");
    expect(await restored(1)).toEqual(await listTree(site.tree));
  },
);

test("with a digit flipped in every line of the local record", async () => {
  well(await site.archive(host, 1));
  const file = join(site.work, `${host}.index`);
  const [header = "", ...chunks] = (await readFile(file, "utf8")).split("\n");
  await writeFile(file, [header, ...chunks.map(flipped)].join("\n"));
  well(await site.archive(host, 2));
  expect(await restored(2)).toEqual(await listTree(site.tree));
});

test("after the passphrase was changed, before an interrupted run goes on", async () => {
  await interrupted();
  await site.configure("server", { passphrase: "another" });
  well(await site.archive(host, 2));
  await site.configure("manager", { passphrase: "another" });
  await writeFile(join(site.folder, "passphrase"), "another\n");
  expect(await restored(2)).toEqual(await listTree(site.tree));
  await writeFile(join(site.folder, "passphrase"), "hunter2\n");
});

test("by a run that slept for a day, while a manager deleted and collected", async () => {
  well(await site.archive(host, 1));
  let pid = 0;
  let slept: Promise<void> | undefined;
  site.fault = ({ method, key }) => {
    if (method === "PUT" && key.endsWith("/manifest.json")) slept ??= sleepForDays(pid, 1);
    return undefined;
  };
  const run = await site.archive(host, 2, { onStart: (started) => (pid = started) });
  await slept;
  well(run);
  await site.manage(["gc"]);
  expect(await restored(2)).toEqual(await listTree(site.tree));
});

test("by a run that slept for ten days, which must fail and not become complete", async () => {
  well(await site.archive(host, 1));
  let pid = 0;
  let slept: Promise<void> | undefined;
  site.fault = ({ method, key }) => {
    if (method === "PUT" && key.endsWith("/manifest.json")) slept ??= sleepForDays(pid, 10);
    return undefined;
  };
  const run = await site.archive(host, 2, { onStart: (started) => (pid = started) });
  await slept;
  expect(run.status).toBe(1);
  expect((await site.complete(host)).map(({ id }) => id.number)).not.toContain(2);
});

test("after the working directory was rolled back: a good archive is not overwritten", async () => {
  well(await site.archive(host, 1));
  await cp(site.work, `${site.work}.before`, { recursive: true });
  await changeTree();
  well(await site.archive(host, 2));
  const before = await contents();
  await rm(site.work, { recursive: true });
  await cp(`${site.work}.before`, site.work, { recursive: true });
  await changeTree();
  well(await site.archive(host, 3));
  expect([...(await contents())]).toEqual(expect.arrayContaining([...before]));
  expect(await restored(3)).toEqual(await listTree(site.tree));
});

test("after a rollback to an index whose chunks were deleted meanwhile on the server", async () => {
  well(await site.archive(host, 1));
  await cp(site.work, `${site.work}.copy`, { recursive: true });
  await site.manage(["delete", "-H", host, "-b", "1"], "server");
  expect(await site.keys(`chunks/${host}/`)).toEqual([]);
  await rm(site.work, { recursive: true });
  await cp(`${site.work}.copy`, site.work, { recursive: true });
  well(await site.archive(host, 2));
  expect(await restored(2)).toEqual(await listTree(site.tree));
});

test.each([
  ["emptied", /^/],
  ["emptied of chunks alone, which verify on the server finds and has uploaded again", /^chunks\//],
])("after the bucket was %s between two runs", async (_, lost) => {
  well(await site.archive(host, 1));
  const keys = await site.keys();
  await site.store.delete(keys.filter((key) => lost.test(key)));
  await site.manage(["verify", "-H", host], "server");
  await site.manage(["delete", "-H", host, "-b", "1"], "server");
  well(await site.archive(host, 2));
  expect(await restored(2)).toEqual(await listTree(site.tree));
});

test.each(["x".repeat(200), "wéb server (2) $c'%41"])(
  "of a host that is called %s",
  async (name) => {
    host = name;
    well(await site.archive(host, 1));
    expect(await restored(1)).toEqual(await listTree(site.tree));
  },
);

/** With another digit in the place of one in its middle. */
function flipped(line: string): string {
  const digits = [...line.matchAll(/[0-9]/g)].map(({ index }) => index);
  const at = digits[digits.length >> 1];
  if (at === undefined) return line;
  return line.slice(0, at) + String((Number(line.charAt(at)) + 1) % 10) + line.slice(at + 1);
}

/** A run that is killed when a chunk is stored, and the second one is not. */
async function interrupted(): Promise<void> {
  const stop = new AbortController();
  const chunks = `chunks/${host}/`;
  site.fault = ({ key }) =>
    key.startsWith(chunks) && key.includes(".00000002") ? "hang" : undefined;
  const run = site.archive(host, 1, { signal: stop.signal });
  await vi.waitFor(async () => expect(await site.keys(chunks)).not.toEqual([]), STORED);
  stop.abort();
  expect((await run).status).toBe("SIGKILL");
  site.fault = () => undefined;
}

const STORED = { timeout: 120_000 };

/** As a laptop's lid does: the process stops while the world goes on, and a manager deletes and collects. */
async function sleepForDays(pid: number, days: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  site.passed += days * DAY;
  await site.manage(["delete", "-H", host, "-b", "1"]);
  await site.manage(["gc"]);
  process.kill(pid, "SIGCONT");
}

async function changeTree(): Promise<void> {
  await appendFile(join(site.tree, "b"), Buffer.alloc(100_000, String(Math.random())));
}

/** The tree that the script of an archive brings back, or what it says instead. */
async function restored(number: number): Promise<string[]> {
  const { script, run, target } = await site.restore(host, number);
  return run?.status === 0 ? await listTree(target) : [script.stderr, run?.stderr ?? ""];
}

/** SHA-256 of each record and chunk of the host, by their keys. */
async function contents(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const key of (await site.keys()).filter((one) => one.includes(`/${host}/`)))
    found.set(
      key,
      createHash("sha256")
        .update(await site.bytes(key))
        .digest("hex"),
    );
  return found;
}
