import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openCatalog, planGc } from "../../src/index.ts";
import { listAgain } from "../../src/read/list-again.ts";
import { ID, storeArchive, TRUST } from "../stored-archive.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T05:00:00Z");

/** Lists in turn what the texts say, a key a letter. */
function lists(...texts: string[]): () => Promise<Map<string, unknown>> {
  return async () => new Map((texts.shift() ?? "").split("").map((key) => [key, key]));
}

describe("A list counts", () => {
  test.each([
    ["abc", ["abc"], "abc"],
    ["abc", ["abcd"], "abcd"],
    ["abc", ["ac", "abc"], "abc"],
    ["abc", ["ac", "ac"], "ac"],
    ["abc", ["ab", "a", "ab"], "ab"],
  ])("after %s and %j, if nothing vanished since the one before", async (before, texts, counts) => {
    const listed = await listAgain(new Set(before), lists(...texts));
    expect([...listed.keys()].join("")).toBe(counts);
  });

  test("not where each lacks something", async () => {
    const listed = listAgain(new Set("abc"), lists("bc", "ab", "ca"));
    await expect(listed).rejects.toMatchObject({ code: "unsteady" });
  });
});

describe("Where one list of records leaves all out, gc finds no garbage", () => {
  test.each([1, 2, 3, 4, 5])("at list %i", async (spoilt) => {
    let now = NOW;
    const objects = new Map<string, MemoryObject>();
    const memory = createMemoryStore(objects, { now: () => new Date(now) });
    await storeArchive(memory);
    now += 30 * DAY;
    let count = 0;
    const store: ObjectStore = {
      ...memory,
      async *list(prefix, options) {
        const isSpoilt = prefix.startsWith("archives/") && ++count === spoilt;
        for await (const object of memory.list(prefix, options)) if (!isSpoilt) yield object;
      },
    };
    const plan = planGc(await openCatalog(store).takeInventory(ID.host, TRUST));
    expect({ chunks: plan.chunks, attempts: plan.attempts }).toEqual({ chunks: [], attempts: [] });
  });
});
