import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openPredecessorCatalog, planRetention } from "../../src/index.ts";
import { archiveAsPredecessor } from "../archive-as-predecessor.ts";
import { type Death, dyingStore } from "../dying-store.ts";
import { recordingStore } from "../recording-store.ts";
import { keysOf } from "../stored-archive.ts";

const PASSPHRASE = "hunter2";
const ID = { host: "gandalf", number: 7 };
const TAR = randomBytes(2500);

describe("an archive that the predecessor made", () => {
  test.each(["none", "ZLIB", "BZIP2"] as const)(
    "of encrypted pieces with compression %s is listed and read back in order",
    async (compression) => {
      const store = createMemoryStore();
      const run = { ...ID, tar: TAR, splitSize: 1000, passphrase: PASSPHRASE, compression };
      await archiveAsPredecessor(store, run);
      const catalog = openPredecessorCatalog(store);
      const chunks = await catalog.listChunks(ID);
      expect(chunks.map(({ key }) => key)).toEqual([
        "gandalf.7.tar.aa.gpg",
        "gandalf.7.tar.ab.gpg",
        "gandalf.7.tar.ac.gpg",
      ]);
      expect(await catalog.list()).toEqual([
        {
          id: { ...ID, attempt: "predecessor" },
          status: "complete",
          started: expect.any(Date),
          finished: expect.any(Date),
          chunks: 3,
          storedBytes: chunks.reduce((sum, { storedLength }) => sum + storedLength, 0),
          hasManifest: false,
          hasSums: false,
          compression: { suffix: "", name: "none" },
          encryption: { symmetric: true, recipients: [] },
          findings: [],
        },
      ]);
      expect((await decrypted(store, chunks)).equals(TAR)).toBe(true);
    },
  );

  test("is listed by host and time, without reading an object", async () => {
    const memory = createMemoryStore();
    for (const number of [12, 3])
      await archiveAsPredecessor(memory, { ...ID, number, tar: TAR, splitSize: 0 });
    const store = recordingStore(memory);
    const archives = await openPredecessorCatalog(store).list();
    expect(store.calls).toEqual(["list "]);
    expect(archives.map(({ id }) => id.number)).toEqual([12, 3]);
  });

  test("without encryption says so", async () => {
    const store = createMemoryStore();
    await archiveAsPredecessor(store, { ...ID, tar: TAR, splitSize: 2000 });
    const catalog = openPredecessorCatalog(store);
    expect(await catalog.list()).toMatchObject([{ status: "complete", encryption: null }]);
    expect(await catalog.listChunks(ID)).toEqual([
      { key: "gandalf.7.tar.aa", storedLength: 2000 },
      { key: "gandalf.7.tar.ab", storedLength: 500 },
    ]);
  });

  test.each([PASSPHRASE, undefined])("that was not split is one chunk", async (passphrase) => {
    const store = createMemoryStore();
    const encryption = passphrase === undefined ? {} : { passphrase };
    await archiveAsPredecessor(store, { ...ID, tar: TAR, splitSize: 0, ...encryption });
    const [chunk] = await openPredecessorCatalog(store).listChunks(ID);
    expect(chunk?.key).toBe(passphrase === undefined ? "gandalf.7.tar" : "gandalf.7.tar.gpg");
    expect(await openPredecessorCatalog(store).verify(ID)).toEqual([]);
  });

  test("of more than 676 pieces is put together in split's order", async () => {
    const store = createMemoryStore();
    await archiveAsPredecessor(store, { ...ID, tar: TAR, splitSize: 3 });
    const catalog = openPredecessorCatalog(store);
    const chunks = await catalog.listChunks(ID);
    expect(chunks).toHaveLength(834);
    expect(chunks[650]?.key).toBe("gandalf.7.tar.zaaa");
    const bytes = [];
    for (const { key } of chunks) bytes.push(await bytesOf(store, key));
    expect(Buffer.concat(bytes).equals(TAR)).toBe(true);
    expect(await catalog.list()).toMatchObject([{ status: "complete", chunks: 834 }]);
  });

  test("tells by its marker when it ran", async () => {
    const store = createMemoryStore();
    await archiveAsPredecessor(store, { ...ID, tar: TAR, splitSize: 0 });
    const marker = await openPredecessorCatalog(store).readMarker(ID);
    expect(marker).toMatchObject({ message: "finalized by gandalf" });
    expect(Math.abs(marker.started.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test("is known to the retention planner", async () => {
    const store = createMemoryStore();
    for (const number of [1, 2])
      await archiveAsPredecessor(store, { ...ID, number, tar: TAR, splitSize: 0 });
    const later = new Date(Date.now() + 40 * 86_400_000);
    const archives = await openPredecessorCatalog(store).list();
    const decisions = planRetention(archives, { age: 30 }, later);
    expect(decisions.map(({ archive, action }) => `${archive.id.number} ${action}`)).toEqual([
      "2 keep",
      "1 delete",
    ]);
  });
});

describe("hosts whose names begin the same", () => {
  const hosts = ["web", "web.example.com", "web.7.tar"];

  test.each(hosts)("%s has its own archive and no other's chunks", async (host) => {
    const store = await storeWith(hosts.flatMap((name) => archiveKeys(name)));
    const catalog = openPredecessorCatalog(store);
    expect(await catalog.list({ host })).toMatchObject([{ id: { host }, chunks: 2 }]);
    const chunks = await catalog.listChunks({ host, number: 7 });
    expect(chunks.map(({ key }) => key)).toEqual([`${host}.7.tar.aa`, `${host}.7.tar.ab`]);
    await catalog.delete({ host, number: 7 });
    const others = hosts.filter((name) => name !== host);
    expect(await keysOf(store)).toEqual(others.flatMap((name) => archiveKeys(name)).toSorted());
  });
});

describe("what broken runs left", () => {
  test.each([
    ["no COMPLETE", ["g.7.tar.aa", "g.7.tar.ab"], "unfinalized", [{ kind: "no-marker" }]],
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
    const catalog = openPredecessorCatalog(await storeWith(keys));
    expect(await catalog.list()).toMatchObject([{ status, findings }]);
    expect(await catalog.verify({ host: "g", number: 7 })).toEqual(findings);
  });

  test("a COMPLETE without chunks is found, but has nothing to restore", async () => {
    const catalog = openPredecessorCatalog(await storeWith(["g.7.tar.COMPLETE"]));
    const chunks = catalog.listChunks({ host: "g", number: 7 });
    await expect(chunks).rejects.toMatchObject({ code: "not-found" });
  });

  test("a COMPLETE that is empty is damaged, one that is not there not found", async () => {
    const store = await storeWith([]);
    await store.put("g.7.tar.COMPLETE", bytesBody(Buffer.alloc(0)));
    const catalog = openPredecessorCatalog(store);
    await expect(catalog.readMarker({ host: "g", number: 7 })).rejects.toMatchObject({
      code: "damaged",
    });
    await expect(catalog.readMarker({ host: "g", number: 8 })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("a gap as long as a mistyped suffix makes is told in part", async () => {
    const catalog = openPredecessorCatalog(await storeWith(["g.7.tar.zzzzaaaaaa"]));
    expect(await catalog.verify({ host: "g", number: 7 })).toHaveLength(1001);
  });
});

test("keys that are none of the bucket's host's are told as stray, and never touched", async () => {
  const strays = ["notes.txt", "other.7.tar.aa"];
  const store = await storeWith([...strays, ...archiveKeys("Gandalf")]);
  const catalog = openPredecessorCatalog(store, { host: "gandalf" });
  const told: string[] = [];
  const archives = await catalog.list({ onStray: (key) => told.push(key) });
  expect(archives).toMatchObject([{ id: { host: "Gandalf" } }]);
  expect(told).toEqual(strays);
  await catalog.delete({ host: "Gandalf", number: 7 });
  expect(await keysOf(store)).toEqual(strays);
});

describe("delete", () => {
  const keys = archiveKeys("gandalf");

  test("takes COMPLETE first", async () => {
    const store = recordingStore(await storeWith(keys));
    const progress: string[] = [];
    const outcome = await openPredecessorCatalog(store).delete(ID, {
      onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
    });
    expect(store.calls).toEqual(["list gandalf.7.tar", "delete 1", "delete 2"]);
    expect(progress).toEqual(["1/3", "3/3"]);
    expect(outcome).toMatchObject({ deleted: 3, failures: [] });
  });

  test("leaves the chunks where COMPLETE can't be deleted", async () => {
    const memory = await storeWith(keys);
    const store: ObjectStore = {
      ...memory,
      delete: async (some) => some.map((key) => ({ key, reason: "AccessDenied: no" })),
    };
    const { failures } = await openPredecessorCatalog(store).delete(ID);
    expect(failures).toEqual([{ key: "gandalf.7.tar.COMPLETE", reason: "AccessDenied: no" }]);
    expect(await keysOf(memory)).toEqual(keys);
  });

  const deaths: readonly Death[] = ["before the request", "amid a batch", "after the request"];
  test.each(deaths.flatMap((death) => [0, 1, 2].map((at) => [death, at] as const)))(
    "that dies %s number %i leaves no complete archive with holes, and can be finished",
    async (death, at) => {
      const memory = await storeWith(keys);
      const dying = dyingStore(memory, at, death);
      await expect(openPredecessorCatalog(dying).delete(ID)).rejects.toThrow("died");
      const catalog = openPredecessorCatalog(memory);
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
  const objects = new Map<string, { bytes: Buffer; modified: Date }>();
  for (const [index, key] of keys.entries())
    objects.set(key, { bytes: Buffer.from("x"), modified: new Date(1_400_000_000_000 + index) });
  return createMemoryStore(objects);
}

async function bytesOf(store: ObjectStore, key: string): Promise<Buffer> {
  return await buffer(await store.get(key));
}

async function decrypted(
  store: ObjectStore,
  chunks: readonly { readonly key: string }[],
): Promise<Buffer> {
  const home = mkdtempSync(join(tmpdir(), "gnupg-"));
  try {
    const pieces: Buffer[] = [];
    for (const { key } of chunks) {
      const args = ["--batch", "--quiet", "--homedir", home, "--pinentry-mode", "loopback"];
      const opening = [...args, "--passphrase", PASSPHRASE, "--decrypt"];
      const input = await bytesOf(store, key);
      pieces.push(execFileSync("gpg", opening, { input, stdio: ["pipe", "pipe", "ignore"] }));
    }
    return Buffer.concat(pieces);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
