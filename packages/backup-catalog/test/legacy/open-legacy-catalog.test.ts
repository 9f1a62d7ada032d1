import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openLegacyCatalog } from "../../src/index.ts";
import { type Death, dyingStore } from "../dying-store.ts";
import { recordingStore } from "../recording-store.ts";
import { keysOf } from "../stored-archive.ts";

const ID = { host: "gandalf", number: 7 };

describe("hosts whose names begin the same", () => {
  const hosts = ["web", "web.example.com", "web.7.tar"];

  test.each(hosts)("%s has its own archive and no other's chunks", async (host) => {
    const store = await storeWith(hosts.flatMap((name) => archiveKeys(name)));
    const catalog = openLegacyCatalog(store);
    expect(await catalog.list({ host })).toMatchObject([{ id: { host }, chunks: 2 }]);
    const { chunks } = await catalog.open({ host, number: 7 }).contents();
    expect(chunks.map(({ key }) => key)).toEqual([`${host}.7.tar.aa`, `${host}.7.tar.ab`]);
    await catalog.delete({ host, number: 7 });
    const others = hosts.filter((name) => name !== host);
    expect(await keysOf(store)).toEqual(others.flatMap((name) => archiveKeys(name)).toSorted());
  });
});

describe("what broken runs left", () => {
  test.each([
    ["no COMPLETE", ["g.7.tar.aa", "g.7.tar.ab"], "incomplete", [{ kind: "no-marker" }]],
    ["COMPLETE alone", ["g.7.tar.COMPLETE"], "partial", []],
    [
      "a chunk lost amid a complete archive",
      ["g.7.tar.aa.gpg", "g.7.tar.ac.gpg", "g.7.tar.COMPLETE"],
      "partial",
      [{ kind: "missing", key: "g.7.tar.ab.gpg" }],
    ],
    [
      "a delete that took the first chunks and left COMPLETE",
      ["g.7.tar.ac", "g.7.tar.COMPLETE"],
      "partial",
      [
        { kind: "missing", key: "g.7.tar.aa" },
        { kind: "missing", key: "g.7.tar.ab" },
      ],
    ],
    [
      "chunks of an earlier run in another form",
      ["g.7.tar.aa", "g.7.tar.ab", "g.7.tar.aa.gpg", "g.7.tar.COMPLETE"],
      "complete",
      [
        { kind: "extra", key: "g.7.tar.aa" },
        { kind: "extra", key: "g.7.tar.ab" },
      ],
    ],
  ])("%s: told", async (_, keys, status, findings) => {
    const catalog = openLegacyCatalog(await storeWith(keys));
    expect(await catalog.list()).toMatchObject([{ status, findings }]);
    expect(await catalog.verify({ host: "g", number: 7 })).toEqual(findings);
  });

  test("a COMPLETE without chunks is found, but has nothing to restore", async () => {
    const catalog = openLegacyCatalog(await storeWith(["g.7.tar.COMPLETE"]));
    const chunks = catalog.open({ host: "g", number: 7 }).contents();
    await expect(chunks).rejects.toMatchObject({ code: "not-found" });
  });

  test("a COMPLETE that is empty is damaged, one that is not there not found", async () => {
    const store = await storeWith([]);
    await store.put("g.7.tar.COMPLETE", bytesBody(Buffer.alloc(0)));
    const catalog = openLegacyCatalog(store);
    await expect(catalog.readMarker({ host: "g", number: 7 })).rejects.toMatchObject({
      code: "damaged",
    });
    await expect(catalog.readMarker({ host: "g", number: 8 })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("a gap as long as a mistyped suffix makes is told in part", async () => {
    const catalog = openLegacyCatalog(await storeWith(["g.7.tar.zzzzaaaaaa"]));
    expect(await catalog.verify({ host: "g", number: 7 })).toHaveLength(1001);
  });
});

test("keys that are none of the bucket's host's are told as unknown, and never touched", async () => {
  const unknown = ["notes.txt", "other.7.tar.aa"];
  const store = await storeWith([...unknown, ...archiveKeys("Gandalf")]);
  const catalog = openLegacyCatalog(store, { host: "gandalf" });
  const told: string[] = [];
  const archives = await catalog.list({ onUnknownKey: (key) => told.push(key) });
  expect(archives).toMatchObject([{ id: { host: "Gandalf" } }]);
  expect(told).toEqual(unknown);
  await catalog.delete({ host: "Gandalf", number: 7 });
  expect(await keysOf(store)).toEqual(unknown);
});

describe("delete", () => {
  const keys = archiveKeys("gandalf");

  test("takes COMPLETE first", async () => {
    const store = recordingStore(await storeWith(keys));
    const progress: string[] = [];
    const outcome = await openLegacyCatalog(store).delete(ID, {
      onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
    });
    expect(store.calls).toEqual([
      "list gandalf.7.tar",
      "list gandalf.7.tar",
      "delete 1",
      "delete 2",
    ]);
    expect(progress).toEqual(["1/3", "3/3"]);
    expect(outcome).toMatchObject({ deleted: 3, failures: [] });
  });

  test("leaves the chunks where COMPLETE can't be deleted", async () => {
    const memory = await storeWith(keys);
    const store: ObjectStore = {
      ...memory,
      delete: async (some) => some.map((key) => ({ key, reason: "AccessDenied: no" })),
    };
    const { failures } = await openLegacyCatalog(store).delete(ID);
    expect(failures).toEqual([{ key: "gandalf.7.tar.COMPLETE", reason: "AccessDenied: no" }]);
    expect(await keysOf(memory)).toEqual(keys);
  });

  const deaths: readonly Death[] = ["before the request", "amid a batch", "after the request"];
  test.each(deaths.flatMap((death) => [0, 1, 2].map((at) => [death, at] as const)))(
    "that dies %s number %i leaves no complete archive with holes, and can be finished",
    async (death, at) => {
      const memory = await storeWith(keys);
      const dying = dyingStore(memory, at, death);
      await expect(openLegacyCatalog(dying).delete(ID)).rejects.toThrow("died");
      const catalog = openLegacyCatalog(memory);
      const [archive] = await catalog.list();
      expect(archive?.status === "complete").toBe((await keysOf(memory)).length === 3);
      await catalog.delete(ID);
      expect(await keysOf(memory)).toEqual([]);
    },
  );
});

function archiveKeys(host: string): string[] {
  return ["COMPLETE", "aa", "ab"].map((end) => `${host}.7.tar.${end}`);
}

async function storeWith(keys: readonly string[]): Promise<ObjectStore> {
  // Stored one millisecond after the other, so that the last one is the newest.
  const objects = new Map<string, MemoryObject>();
  for (const [index, key] of keys.entries())
    objects.set(key, { bytes: Buffer.from("x"), modified: new Date(1_400_000_000_000 + index) });
  return createMemoryStore(objects);
}
