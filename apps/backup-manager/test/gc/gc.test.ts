import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, expect, test } from "vitest";
import type { GcInvocation } from "../../src/gc/command.ts";
import { gcJsonSchema } from "../../src/gc/gc-json.ts";
import { gc } from "../../src/gc/gc.ts";
import type { Site } from "../../src/site.ts";
import { aged } from "../aged.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const ASKED: GcInvocation = {
  host: undefined,
  purgeVersions: false,
  config: undefined,
  json: false,
  quiet: false,
  test: false,
  list: false,
};

let objects: Map<string, MemoryObject>;
let site: Site;
let output: RecordingOutput;
beforeEach(async () => {
  objects = new Map();
  const place = { store: createMemoryStore(objects), vault: PLAIN_VAULT };
  site = siteOf(place.store);
  output = recordingOutput();
  await storeArchive(place, { host: "gandalf", number: 7, attempt: attemptOf(20) });
  for (const host of ["gandalf", "witte"])
    await storeArchive(place, { host, number: 8, attempt: attemptOf(12) }, { without: "head" });
  aged(objects, 12);
});

test("what an interrupted run left is deleted, and nothing else", async () => {
  expect(await gc(ASKED, site, output)).toBe("done");
  expect(output.results.join("")).toMatch(/^gandalf +2 +1 +\d+ B {2}-$/m);
  expect(output.results.join("")).toMatch(/\n\d+ B of 2 hosts deleted\n$/);
  expect((await site.catalog.list()).map(({ id }) => id.number)).toEqual([7]);
  expect([...objects.keys()].filter((key) => key.includes("/8/"))).toEqual([]);
  expect(
    (await site.catalog.verify(await site.catalog.list(), await site.trust())).damaged,
  ).toEqual([]);
});

test("what may be of a running archive is left alone, and said", async () => {
  const place = { store: site.store, vault: PLAIN_VAULT };
  await storeArchive(place, { host: "new", number: 1, attempt: attemptOf(1) }, { without: "head" });
  await gc({ ...ASKED, host: "new" }, site, output);
  expect(output.results.join("")).toMatch(/^new +0 +0 +0 B {2}11 B may be of a running archive$/m);
});

test("--test deletes nothing, and --host takes one host", async () => {
  const before = [...objects.keys()];
  await gc({ ...ASKED, test: true, json: true, host: "witte" }, site, output);
  const { hosts } = gcJsonSchema.parse(JSON.parse(output.results.join("")));
  expect(hosts).toMatchObject([
    { host: "witte", chunks: 2, attempts: [{ reason: "broken-off" }], removed: null },
  ]);
  expect([...objects.keys()]).toEqual(before);
});

test("a host with an archive that does not verify is left alone, and the others go on", async () => {
  const vault = { ...PLAIN_VAULT, sign: async () => Buffer.from("forged") };
  const id = { host: "gandalf", number: 9, attempt: attemptOf(11) };
  await storeArchive({ store: site.store, vault }, id);
  expect(await gc(ASKED, site, output)).toBe("failed");
  expect(output.notes).toEqual([
    expect.stringMatching(
      /^gandalf: no chunk is deleted, because archive 9, attempt \S+ is not verified: .*`signers`/,
    ),
  ]);
  expect([...objects.keys()].some((key) => key.startsWith("chunks/witte/"))).toBe(false);
  expect([...objects.keys()].filter((key) => key.startsWith("archives/gandalf/8/"))).toHaveLength(
    1,
  );
});

test("where every host is refused nothing is deleted, and nothing would be", async () => {
  const vault = { ...PLAIN_VAULT, sign: async () => Buffer.from("forged") };
  for (const host of ["gandalf", "witte"])
    await storeArchive({ store: site.store, vault }, { host, number: 9, attempt: attemptOf(11) });
  expect(await gc(ASKED, site, output)).toBe("failed");
  expect(output.results.join("")).toMatch(/\n0 B of 2 hosts deleted\n$/);
});

test("a host that is not there is said to be none, and its lock, which is a file, is not taken", async () => {
  const taken: string[] = [];
  const lockHost: Site["lockHost"] = async (host) => {
    taken.push(host);
    return await site.lockHost(host);
  };
  const asked = { ...ASKED, host: "nosuch" };
  await expect(gc(asked, { ...site, lockHost }, output)).rejects.toMatchObject({
    code: "no-such-host",
  });
  expect(taken).toEqual([]);
});

test("chunks are enough of a host", async () => {
  for (const key of objects.keys()) if (key.startsWith("archives/witte/")) objects.delete(key);
  expect(await gc({ ...ASKED, host: "witte" }, site, output)).toBe("done");
  expect([...objects.keys()].some((key) => key.startsWith("chunks/witte/"))).toBe(false);
});

test("what the store would not delete is reported, and a failure", async () => {
  const store = createMemoryStore(objects);
  const stays = {
    ...store,
    delete: async (keys: readonly string[]) => keys.map((key) => ({ key, reason: "locked" })),
  };
  expect(await gc({ ...ASKED, host: "witte" }, siteOf(stays), output)).toBe("failed");
  expect(output.notes).toEqual([
    expect.stringMatching(/^witte: 2 objects could not be deleted, such as .*: locked$/),
  ]);
});
