import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { type ObjectStore, type PutOptions, StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginCanaries, claimCanary, whyNotTheStore } from "../../src/index/canary.ts";
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
  return new StoreError("exists", "taken", { hint: "", permanent: true, answered: false });
}

async function read(): Promise<ChunkIndex> {
  const found = await ChunkIndex.read(folder, "web");
  if (found === undefined || !("index" in found)) throw new Error("There is no index.");
  return found.index;
}

/** What a run that begins now would say. */
async function ask(): Promise<string | undefined> {
  return await whyNotTheStore({ index: await read(), writer: writer() });
}

async function claim(): ReturnType<typeof claimCanary> {
  return await claimCanary({ index: await read(), writer: writer() });
}

/** Puts a copy of the index back, such as that of a virtual machine which is rolled back. */
async function rollBack(copy: IndexHeader): Promise<void> {
  await ChunkIndex.begin(folder, copy);
}

describe("An epoch", () => {
  test("knows that the store keeps canaries", async () => {
    const index = await read();
    expect(index.hasCanary).toBe(true);
    expect([...objects.keys()].map((key) => key.split("/").at(-1))).toEqual(
      ["canary.fedcba9876543210.0", "canary.fedcba9876543210.1"].map((name) =>
        name.replace("fedcba9876543210", index.header.canary?.id ?? ""),
      ),
    );
  });

  test("has none where the store overwrites them, and asks for none from then on", async () => {
    const store = createMemoryStore(objects);
    const overwriting: ObjectStore = {
      ...store,
      put: async (key, body) => await store.put(key, body),
    };
    const index = await ChunkIndex.begin(folder, header({ canary: newCanary() }));
    await beginCanaries({ index, writer: openArchiveWriter(overwriting) });
    expect((await read()).header.canary).toBeNull();
    expect((await read()).hasCanary).toBe(false);
    objects.clear();
    expect(await ask()).toBeUndefined();
    expect(objects.size).toBe(0);
  });
});

describe("A store that still has what it had", () => {
  test("is believed, each night anew", async () => {
    for (let night = 0; night < 9; night++) expect(await ask()).toBeUndefined();
    expect((await read()).header.canary?.witnesses).toHaveLength(4);
  });

  test.each([1, 2])(
    "is believed after a run was killed before its put %i, or right after it",
    async (put) => {
      for (const fault of ["killed before", "killed after"] as const) {
        await fresh({ [put]: fault });
        await expect(ask()).rejects.toThrow("killed");
        await fresh({});
        expect(await ask()).toBeUndefined();
      }
    },
  );

  test.each([1, 2])("is believed where the answer to put %i is lost", async (put) => {
    await fresh({ [put]: "answer lost" });
    expect(await ask()).toBeUndefined();
    expect(await ask()).toBeUndefined();
  });

  test("is not believed where all answers are lost", async () => {
    await fresh(Object.fromEntries([1, 2, 3, 4].map((put) => [put, "answer lost"])));
    expect(await ask()).toMatch(/^answers of the store were lost/);
    await fresh(Object.fromEntries([2, 3, 4, 5, 6, 7].map((put) => [put, "answer lost"])));
    expect(await ask()).toMatch(/^answers of the store were lost/);
  });
});

describe("A store that was emptied", () => {
  test("is noticed", async () => {
    objects.clear();
    expect(await ask()).toMatch(/^the store no longer has what it had/);
  });

  test.each([
    ["after its first put", { 1: "killed after" }],
    ["after its second put", { 2: "killed after" }],
  ] as const)("is noticed by the run after one that was killed %s", async (_, faultsThen) => {
    expect(await ask()).toBeUndefined();
    objects.clear();
    await fresh(faultsThen);
    await expect(ask()).rejects.toThrow("killed");
    await fresh({});
    expect(await ask()).toMatch(/^the store no longer has what it had/);
  });

  test.each([1, 2])("is noticed where the answer to put %i is lost", async (put) => {
    objects.clear();
    await fresh({ [put]: "answer lost" });
    expect(await ask()).toMatch(/^the store no longer has what it had/);
  });
});

describe("An older copy of the index", () => {
  test("is noticed once a canary was put since, however often it comes back", async () => {
    const copy = (await read()).header;
    expect(await claim()).toBe("claimed");
    for (let times = 0; times < 3; times++) {
      await rollBack(copy);
      expect(await ask()).toBe("the chunk index is an older copy of itself");
    }
  });

  test("is noticed also if it was made while a run asked the store", async () => {
    await fresh({ 1: "killed after" });
    await expect(ask()).rejects.toThrow("killed");
    const copy = (await read()).header;
    await fresh({});
    expect(await ask()).toBeUndefined();
    expect(await claim()).toBe("claimed");
    await rollBack(copy);
    expect(await ask()).toBe("the chunk index is an older copy of itself");
    expect(await claim()).toBe("taken");
  });

  test("is noticed also if the put of its next canary was not heard of", async () => {
    const copy = (await read()).header;
    await fresh({ 1: "killed before" });
    await expect(claim()).rejects.toThrow("killed");
    await fresh({});
    expect(await claim()).toBe("claimed");
    await rollBack(copy);
    expect(await ask()).toBe("the chunk index is an older copy of itself");
  });

  test("is noticed in an emptied store, too, where it has been put back before", async () => {
    const copy = (await read()).header;
    objects.clear();
    expect(await ask()).toMatch(/^the store no longer has what it had/);
    await rollBack(copy);
    expect(await ask()).toBe("the chunk index is an older copy of itself");
  });

  test("from an earlier epoch is believed, so that no chunk of it may go before its hold", async () => {
    const copy = (await read()).header;
    const index = await ChunkIndex.begin(folder, header({ canary: newCanary() }));
    await beginCanaries({ index, writer: writer() });
    expect(await claim()).toBe("claimed");
    await rollBack(copy);
    expect(await ask()).toBeUndefined();
  });
});
