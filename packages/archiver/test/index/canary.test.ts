import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { type ObjectStore, type PutOptions, StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginCanaries, checkStore } from "../../src/index/canary.ts";
import { ChunkIndex } from "../../src/index/chunk-index.ts";
import type { IndexHeader } from "../../src/index/index-header.ts";
import { newCanary } from "../../src/index/index-header.ts";
import { header } from "./header.ts";

let folder: string;
let objects: Map<string, MemoryObject>;
/** What happens at the put with this number, from now on counted from 1. */
let faults: Map<number, "killed before" | "killed after" | "answer lost">;
let puts: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canary-"));
  objects = new Map();
  await fresh({});
  const index = await ChunkIndex.begin(folder, header({ canary: newCanary() }));
  await beginCanaries({ index, writer: writer() });
  await fresh({});
});
afterEach(async () => await rm(folder, { recursive: true }));

async function fresh(
  next: Readonly<Record<number, "killed before" | "killed after" | "answer lost">>,
): Promise<void> {
  faults = new Map(Object.entries(next).map(([number, fault]) => [Number(number), fault]));
  puts = 0;
}

function writer(): ReturnType<typeof openArchiveWriter> {
  const store = createMemoryStore(objects);
  const faulty: ObjectStore = {
    ...store,
    async put(key, body, options?: PutOptions) {
      const fault = faults.get(++puts);
      if (fault === "killed before") throw new Error("killed");
      const [outcome] = await Promise.allSettled([store.put(key, body, options)]);
      if (fault === "killed after") throw new Error("killed");
      if (fault === "answer lost") throw perhapsOurs();
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    },
  };
  return openArchiveWriter(faulty);
}

/** What a retry says that finds the key taken, after a try whose answer was lost. */
function perhapsOurs(): StoreError {
  return new StoreError("exists", "taken", { permanent: true, answered: false });
}

async function read(): Promise<ChunkIndex> {
  const found = await ChunkIndex.read(folder, "web");
  if (found === undefined || !("index" in found)) throw new Error("There is no index.");
  return found.index;
}

async function check(): ReturnType<typeof checkStore> {
  return await checkStore({ index: await read(), writer: writer() });
}

/** Puts a copy of the index back, such as that of a virtual machine which is rolled back. */
async function rollBack(copy: IndexHeader): Promise<void> {
  await ChunkIndex.begin(folder, copy);
}

describe("An epoch", () => {
  test("knows that the store keeps canaries", async () => {
    const index = await read();
    expect(index.hasCanary).toBe(true);
    expect(index.header.canary).toMatchObject({ next: 1, claimed: 1, ready: 9 });
    expect(objects.size).toBe(9);
  });

  test("has none where the store overwrites them", async () => {
    const memory = createMemoryStore(objects);
    const overwriting: ObjectStore = {
      ...memory,
      put: async (key, body) => await memory.put(key, body),
    };
    const index = await ChunkIndex.begin(folder, header({ canary: newCanary() }));
    await beginCanaries({ index, writer: openArchiveWriter(overwriting) });
    expect((await read()).header.canary).toBeNull();
    expect((await read()).hasCanary).toBe(false);
  });
});

test("A store without canaries is not asked for any", async () => {
  const index = await ChunkIndex.begin(folder, header({ canary: null }));
  await expect(checkStore({ index, writer: writer() })).rejects.toThrow(TypeError);
  expect(puts).toBe(0);
});

const FAULTS = ["killed before", "killed after"] as const;

describe("A store that still has what it had", () => {
  test("is believed, each night anew", async () => {
    for (let night = 0; night < 20; night++) expect(await check()).toBe("same");
    expect((await read()).header.canary).toMatchObject({ next: 21, claimed: 21, ready: 29 });
  });

  test.each([
    [1, ["killed before"]],
    [2, FAULTS],
    [3, FAULTS],
  ] as const)("is believed after a run was killed at its put %i", async (put, kills) => {
    for (const fault of kills) {
      await fresh({ [put]: fault });
      await expect(check()).rejects.toThrow("killed");
      await fresh({});
      expect(await check()).toBe("same");
    }
  });

  test("is not believed where a run was killed right after its claim: a newer index may have made it", async () => {
    await fresh({ 1: "killed after" });
    await expect(check()).rejects.toThrow("killed");
    await fresh({});
    expect(await check()).toBe("unclear");
  });

  test("is not believed where the answer to the claim is lost", async () => {
    await fresh({ 1: "answer lost" });
    expect(await check()).toBe("unclear");
  });

  test.each([2, 3])("is believed where the answer to put %i is lost", async (put) => {
    await fresh({ [put]: "answer lost" });
    expect(await check()).toBe("same");
    expect(await check()).toBe("same");
  });

  test("is not believed where all answers are lost", async () => {
    await fresh(Object.fromEntries([1, 2, 3, 4].map((put) => [put, "answer lost"])));
    expect(await check()).toBe("unclear");
  });

  test("is not believed once no witness is left", async () => {
    for (let kill = 0; kill < 8; kill++) {
      await fresh({ 2: "killed before" });
      await expect(check()).rejects.toThrow("killed");
    }
    await fresh({});
    expect(await check()).toBe("unclear");
  });
});

describe("A store that was emptied", () => {
  test("is noticed", async () => {
    objects.clear();
    expect(await check()).toBe("gone");
  });

  test.each([
    [1, "unclear"],
    [2, "gone"],
  ])(
    "is not believed by the run after one that was killed after its put %i",
    async (put, found) => {
      expect(await check()).toBe("same");
      objects.clear();
      await fresh({ [put]: "killed after" });
      await expect(check()).rejects.toThrow("killed");
      await fresh({});
      expect(await check()).toBe(found);
    },
  );

  test.each([
    [1, "unclear"],
    [2, "gone"],
  ])("is not believed where the answer to put %i is lost", async (put, found) => {
    objects.clear();
    await fresh({ [put]: "answer lost" });
    expect(await check()).toBe(found);
  });

  test("is noticed with every older copy of the index, too", async () => {
    const copies: IndexHeader[] = [];
    for (let night = 0; night < 4; night++) {
      copies.push((await read()).header);
      expect(await check()).toBe("same");
    }
    objects.clear();
    expect(await check()).toBe("gone");
    for (const copy of copies) {
      await rollBack(copy);
      expect(await check()).toBe("gone");
      await rollBack(copy);
      expect(await check()).toBe("copied");
    }
  });
});

describe("An older copy of the index", () => {
  test("is noticed once a number was claimed since, however often it comes back", async () => {
    const copy = (await read()).header;
    expect(await check()).toBe("same");
    for (let times = 0; times < 3; times++) {
      await rollBack(copy);
      expect(await check()).toBe("copied");
    }
  });

  test("is noticed also if it was made while a run asked the store", async () => {
    await fresh({ 2: "killed after" });
    await expect(check()).rejects.toThrow("killed");
    const copy = (await read()).header;
    await fresh({});
    expect(await check()).toBe("same");
    await rollBack(copy);
    expect(await check()).toBe("copied");
  });

  test("is noticed also if its next claim was not heard of", async () => {
    const copy = (await read()).header;
    await fresh({ 1: "killed before" });
    await expect(check()).rejects.toThrow("killed");
    await fresh({});
    expect(await check()).toBe("same");
    await rollBack(copy);
    expect(await check()).toBe("copied");
  });

  test("is not believed where its first check was killed, and nobody has claimed more than one number since", async () => {
    const copy = (await read()).header;
    expect(await check()).toBe("same");
    await rollBack(copy);
    await fresh({ 1: "killed before" });
    await expect(check()).rejects.toThrow("killed");
    await fresh({});
    expect(await check()).toBe("unclear");
  });

  test("from an earlier epoch is believed, so that no chunk of it may go before its hold", async () => {
    const copy = (await read()).header;
    const index = await ChunkIndex.begin(folder, header({ canary: newCanary() }));
    await beginCanaries({ index, writer: writer() });
    expect(await check()).toBe("same");
    await rollBack(copy);
    expect(await check()).toBe("same");
  });
});
