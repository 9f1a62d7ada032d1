import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChunkIndex, lockHost, newEpoch } from "@backuppc-archive-s3/archiver";
import { openArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { createSigningKey } from "@backuppc-archive-s3/gpg";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HeldHost } from "../../src/state/host-state.ts";
import { lockHostState } from "../../src/state/lock-host-state.ts";

let folder: string;
let uploader: string;
let objects: Map<string, MemoryObject>;
let store: ObjectStore;
beforeEach(async () => {
  objects = new Map();
  store = createMemoryStore(objects);
  folder = await mkdtemp(join(tmpdir(), "host-state-"));
  const key = await createSigningKey();
  uploader = key.fingerprint;
  await writeFile(join(folder, "signing-key.secret.asc"), key.secret, { mode: 0o600 });
  await writeFile(join(folder, "signing-key.public.asc"), key.public, { mode: 0o600 });
});
afterEach(async () => await rm(folder, { recursive: true }));

async function state(): ReturnType<typeof lockHostState> {
  return await lockHostState(folder, "gandalf", openArchiveWriter(store));
}

test("a folder that is not there, or without a signing key, is elsewhere", async () => {
  expect(await lockHostState("/none", "gandalf", openArchiveWriter(store))).toEqual({
    kind: "elsewhere",
  });
  await rm(join(folder, "signing-key.secret.asc"));
  expect(await state()).toEqual({ kind: "elsewhere" });
});

test("while a run holds the lock, the host is busy; after that the lock is ours", async () => {
  const running = await lockHost(folder, "gandalf");
  expect(await state()).toEqual({ kind: "busy" });
  await running.release();
  const held = await state();
  expect(held).toMatchObject({ kind: "held", lock: { uploader } });
  expect(await state()).toEqual({ kind: "busy" });
  if (held.kind === "held") await held.lock.release();
  const again = await state();
  expect(again.kind).toBe("held");
  if (again.kind === "held") await again.lock.release();
});

describe("the chunk index of a host whose lock is held", () => {
  const NAME = "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000001.gpg";

  async function writeIndex({ keepsCanaries = true } = {}): Promise<void> {
    const binding = {
      host: "gandalf",
      store: { bucket: "b", endpoint: null, prefix: "a/" },
      compression: { name: "none", suffix: "" },
      encrypted: false,
      passphrase: undefined,
      subkeys: [],
      uploader,
    };
    const header = await newEpoch(binding, { dataKey: null, mean: 1_000_000 });
    const index = await ChunkIndex.begin(folder, header);
    const canary = { id: "first", next: 2, claimed: 2, ready: 3 };
    await index.update({ canary: keepsCanaries ? canary : null });
    const digest = "0".repeat(64);
    const stored = { name: NAME, storedLength: 1, sha256: digest, stored: Date.now() };
    await index.add({ digest, plainLength: 1, ...stored });
    await index.close();
  }

  async function held(): Promise<HeldHost> {
    const found = await state();
    if (found.kind === "held") return found.lock;
    throw new Error(found.kind);
  }

  async function indexNow(): Promise<{ chunks: number; nextCanary: number | undefined }> {
    const found = await ChunkIndex.read(folder, "gandalf");
    if (found === undefined || !("index" in found)) throw new Error("There is no index.");
    const { index } = found;
    return { chunks: [...index.chunks()].length, nextCanary: index.header.canary?.next };
  }

  test("strikes damaged chunks, and puts no canary", async () => {
    await writeIndex();
    const lock = await held();
    expect([...(await lock.releasable())]).toEqual([NAME]);
    expect(await lock.strike([NAME, "another"])).toBe(1);
    expect(await lock.strike([])).toBe(0);
    expect(await indexNow()).toEqual({ chunks: 0, nextCanary: 2 });
    expect([...objects.keys()]).toEqual([]);
    await lock.release();
  });

  test("forgets held chunks, then checks the store under the next number", async () => {
    await writeIndex();
    const witness = { id: "first", number: 2, kind: "witness" } as const;
    await openArchiveWriter(store).canary(uploader, "gandalf", witness);
    const lock = await held();
    await lock.forget([NAME]);
    expect(await indexNow()).toEqual({ chunks: 0, nextCanary: 3 });
    expect([...objects.keys()]).toContain(`uploaders/${uploader}/gandalf/canary.first.2.claim`);
    await lock.release();
  });

  test("releases nothing where the store is another one", async () => {
    await writeIndex();
    const lock = await held();
    await expect(lock.forget([NAME])).rejects.toMatchObject({ code: "old-index" });
    await lock.release();
  });

  test("says where it is an older copy, whose next canary was put since", async () => {
    await writeIndex();
    const lock = await held();
    await openArchiveWriter(store).canary(uploader, "gandalf", {
      id: "first",
      number: 2,
      kind: "claim",
    });
    await expect(lock.forget([NAME])).rejects.toMatchObject({ code: "old-index" });
    await lock.release();
  });

  test("releases nothing where the store keeps no canary", async () => {
    await writeIndex({ keepsCanaries: false });
    const lock = await held();
    expect([...(await lock.releasable())]).toEqual([]);
    await lock.release();
  });

  test("knows nothing where it is not there", async () => {
    const lock = await held();
    expect(await lock.strike([NAME])).toBe(0);
    expect([...(await lock.releasable())]).toEqual([]);
    await lock.release();
  });
});
