import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { beforeEach, expect, test } from "vitest";
import type { DeleteInvocation } from "../../src/command-line/invocation.ts";
import { deleteArchives } from "../../src/delete/delete-archives.ts";
import { noteRemoval } from "../../src/delete/note-removal.ts";
import { archiveOfTwo } from "../archive-of-two.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";
import { attemptOf } from "../sealed-archive.ts";
import { siteOf } from "../site-of.ts";

const ASKED: DeleteInvocation = {
  command: "delete",
  selection: { policy: { age: 30 }, host: undefined },
  purgeVersions: false,
  start: undefined,
  config: undefined,
  json: false,
  quiet: false,
  test: false,
  list: false,
};

let store: ObjectStore;
let output: RecordingOutput;
beforeEach(async () => {
  store = createMemoryStore();
  output = recordingOutput();
  for (const daysAgo of [90, 60, 1]) {
    const id = { host: "gandalf", number: 100 - daysAgo, attempt: attemptOf(daysAgo) };
    await archiveOfTwo(store, siteOf(store).catalog, id);
  }
});

test("what the store would not delete is told, and the others are deleted", async () => {
  const isKept = (key: string): boolean => key.includes("/10/") && key.startsWith("chunks/");
  const stays: ObjectStore = {
    ...store,
    async delete(keys) {
      await store.delete(keys.filter((key) => !isKept(key)));
      return keys.filter(isKept).map((key) => ({ key, reason: "AccessDenied: locked" }));
    },
  };
  expect(await deleteArchives(ASKED, siteOf(stays), output)).toBe("failed");
  expect(output.notes).toEqual([
    expect.stringMatching(
      /^gandalf 10 \(1 of 2\): 2 objects could not be deleted, such as chunks\/.*: AccessDenied: locked$/,
    ),
  ]);
  const left = await siteOf(store).catalog.list();
  expect(left.map(({ id, status }) => `${id.number} ${status}`)).toEqual([
    "10 unfinalized",
    "99 complete",
  ]);
});

test("a store that breaks down ends it, and what was deleted before is told", async () => {
  let requests = 0;
  const breaks: ObjectStore = {
    ...store,
    async delete(keys) {
      requests += 1;
      if (requests > 4)
        throw new StoreError("unreachable", "no line", { hint: "Look.", permanent: false });
      return await store.delete(keys);
    },
  };
  expect(await deleteArchives(ASKED, siteOf(breaks), output)).toBe("failed");
  expect(output.notes).toEqual(["no line. Look."]);
  expect(output.results.join("")).toContain("1 archive deleted");
  expect(await deleteArchives(ASKED, siteOf(store), output)).toBe("done");
});

test("a bucket that keeps what is deleted is told", () => {
  const kept = { deleted: 3, bytes: 9, failures: [], strays: [], keptBy: "versioning" } as const;
  expect(noteRemoval("gandalf 7", kept, output)).toBe(true);
  expect(output.notes).toEqual([
    "gandalf 7: freed nothing: the bucket keeps versions. See --purge-versions.",
  ]);
});
