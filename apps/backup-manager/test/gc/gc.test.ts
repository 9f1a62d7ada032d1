import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, expect, test } from "vitest";
import type { GcInvocation } from "../../src/command-line/invocation.ts";
import { gcJsonSchema } from "../../src/gc/gc-json.ts";
import { gc } from "../../src/gc/gc.ts";
import type { Site } from "../../src/site.ts";
import { archiveOfTwo } from "../archive-of-two.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";
import { attemptOf } from "../sealed-archive.ts";
import { siteOf } from "../site-of.ts";

const ASKED: GcInvocation = {
  command: "gc",
  host: undefined,
  age: 1,
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
  const store = createMemoryStore(objects);
  site = siteOf(store);
  output = recordingOutput();
  const gandalf = { host: "gandalf", number: 7, attempt: attemptOf(9) };
  await archiveOfTwo(store, site.catalog, gandalf);
  for (const host of ["gandalf", "witte"]) {
    const left = { host, number: 8, attempt: attemptOf(3) };
    await archiveOfTwo(store, site.catalog, left, { committed: false });
  }
  // As if all had been stored three days ago.
  const modified = new Date(Date.now() - 3 * 86_400_000);
  for (const [key, { bytes }] of objects) objects.set(key, { bytes, modified });
});

test("what a broken-off attempt left is deleted, and nothing else", async () => {
  expect(await gc(ASKED, site, output)).toBe("done");
  expect(output.results.join("")).toMatch(/^gandalf +8 +\S+ +3 +\d+ B {2}broken off$/m);
  expect(output.results.join("")).toMatch(/\n\d+ B deleted\n$/);
  expect((await site.catalog.list()).map(({ id }) => id.number)).toEqual([7]);
  expect([...objects.keys()].filter((key) => key.includes("/8/"))).toEqual([]);
});

test("--test deletes nothing, --host looks at one host, --age at what is older", async () => {
  const before = [...objects.keys()];
  await gc({ ...ASKED, test: true, json: true, host: "witte" }, site, output);
  const { garbage } = gcJsonSchema.parse(JSON.parse(output.results.join("")));
  expect(garbage).toMatchObject([{ host: "witte", reason: "unfinalized", removed: null }]);
  await gc({ ...ASKED, age: 4 }, site, output);
  expect([...objects.keys()]).toEqual(before);
});

test("what the store would not delete is told, and a failure", async () => {
  const store = createMemoryStore(objects);
  const stays = { ...store, delete: async (keys: readonly string[]) => keys.map(locked) };
  expect(await gc({ ...ASKED, host: "witte" }, siteOf(stays), output)).toBe("failed");
  expect(output.notes).toEqual([
    expect.stringMatching(
      /^witte 8, attempt \S+: 2 objects could not be deleted, such as .*: locked$/,
    ),
  ]);
});

function locked(key: string): { key: string; reason: string } {
  return { key, reason: "locked" };
}
