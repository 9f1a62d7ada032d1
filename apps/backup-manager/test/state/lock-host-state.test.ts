import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChunkIndex, lockHost, newEpoch } from "@backuppc-archive-s3/archiver";
import { createSigningKey } from "@backuppc-archive-s3/gpg";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockHostState } from "../../src/state/lock-host-state.ts";

let folder: string;
let uploader: string;
let store: ObjectStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "host-state-"));
  const key = await createSigningKey();
  uploader = key.fingerprint;
  await writeFile(join(folder, "signing-key.secret.asc"), key.secret, { mode: 0o600 });
  await writeFile(join(folder, "signing-key.public.asc"), key.public, { mode: 0o600 });
  store = createMemoryStore();
});
afterEach(async () => await rm(folder, { recursive: true }));

async function state(): ReturnType<typeof lockHostState> {
  return await lockHostState(folder, "gandalf", { store, prefix: "a/" });
}

test("a folder that is not there, or without a signing key, is elsewhere", async () => {
  const place = { store, prefix: "" };
  expect(await lockHostState("/none", "gandalf", place)).toEqual({ kind: "elsewhere" });
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

describe("chunks that are struck", () => {
  const NAME = "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000001.gpg";

  async function writeIndex(): Promise<string> {
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
    const digest = "0".repeat(64);
    const stored = { name: NAME, storedLength: 1, sha256: digest, stored: Date.now() };
    await index.add({ digest, plainLength: 1, ...stored });
    await index.close();
    return index.header.canary.id;
  }

  test("are unknown to the next run, and a copy of the index from before is not believed", async () => {
    const canary = `a/uploaders/${uploader}/canary.${await writeIndex()}`;
    await store.put(canary, bytesBody(Buffer.from("x")));
    const held = await state();
    if (held.kind !== "held") throw new Error(held.kind);
    expect(await held.lock.strike([NAME, "another"])).toBe(1);
    expect(await held.lock.strike([])).toBe(0);
    await held.lock.release();
    const found = await ChunkIndex.read(folder, "gandalf");
    expect(found && "index" in found ? [...found.index.chunks()] : undefined).toEqual([]);
    await expect(store.get(canary)).rejects.toMatchObject({ code: "not-found" });
  });

  test("are an error where the canary cannot be deleted", async () => {
    await writeIndex();
    store = { ...store, delete: async (keys) => keys.map((key) => ({ key, reason: "denied" })) };
    const held = await state();
    if (held.kind !== "held") throw new Error(held.kind);
    await expect(held.lock.strike([NAME])).rejects.toMatchObject({ code: "canary-stays" });
    await held.lock.release();
  });

  test("are none where there is no index", async () => {
    const held = await state();
    if (held.kind !== "held") throw new Error(held.kind);
    expect(await held.lock.strike([NAME])).toBe(0);
    await held.lock.release();
  });
});
