// What a thief overwrites on Ceph RGW, which cannot be made to demand If-None-Match: the uploader's key may (roles.real.test.ts).
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  bytesBody,
  createS3,
  type ObjectStore,
  type VersionedStore,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";
import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { main } from "../../src/main.ts";
import { recordingOutput } from "../recording-output.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { tarSlices } from "../tar-slices.ts";
import { openVault, type Vault } from "../vault.ts";
import { folderOf } from "./forger.ts";

const rgw = inject("store");
const run = promisify(execFile);
let folder: string;
let vault: Vault;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "overwritten-"));
  vault = await openVault();
  await writeFile(join(folder, "signer.asc"), vault.publicKey);
  await writeFile(join(folder, "passphrase"), "hunter2\n", { mode: 0o600 });
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

interface Thief {
  readonly store: ObjectStore;
  readonly owner: VersionedStore;
  /** Keys of the archive's first chunk and of its records. */
  readonly chunk: string;
  readonly records: string;
  /** Bytes of that chunk. */
  readonly length: number;
  manage(...args: readonly string[]): Promise<{ status: number; text: string }>;
  /** @returns the script's last line, and what it restored */
  restore(): Promise<{ said: string; files: readonly string[] }>;
}

/** An archive, and someone who may put objects over it. */
async function stolen(versioning: boolean): Promise<Thief> {
  const bucket = `overwritten-${versioning ? "versions-" : ""}${Date.now()}`;
  await createBucket(rgw, bucket, { versioning });
  const store = withRetry(createS3(bucketLocation(rgw, bucket)).store);
  const id = { host: "merlin", number: 1, attempt: attemptOf(1) };
  const { manifest } = await storeArchive({ store, vault }, id, {
    slices: tarSlices(),
    gzip: true,
  });
  const [first] = manifest.chunks;
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const values = {
    bucket,
    endpoint,
    region,
    accessKeyId,
    secretAccessKey,
    provider: "ceph",
    passphraseFile: join(folder, "passphrase"),
    signers: [join(folder, "signer.asc")],
    stateDirectory: join(folder, "none"),
  };
  const config = join(folder, `${bucket}.toml`);
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await writeFile(config, lines.join(""), { mode: 0o600 });
  const manage: Thief["manage"] = async (...args) => {
    const output = recordingOutput();
    const status = await main(["--config", config, ...args], process.env, output);
    return { status, text: [...output.results, ...output.notes].join("\n") };
  };
  return {
    store,
    owner: createS3(bucketLocation(rgw, bucket)).versions,
    chunk: `chunks/merlin/${first?.name ?? ""}`,
    records: folderOf(id),
    length: first?.storedLength ?? 0,
    manage,
    async restore() {
      const [script, target] = [join(folder, `${bucket}.sh`), join(folder, bucket)];
      const written = await manage("script", "-H", "merlin", "-f", script);
      if (written.status !== 0) return { said: written.text, files: [] };
      const args = [script, "--passphrase-file", join(folder, "passphrase"), target];
      const ended = await run("sh", args, {
        env: { PATH: process.env["PATH"], HOME: folder },
      }).catch((error: unknown) => ({ stderr: String(Reflect.get(Object(error), "stderr")) }));
      const files = await readdir(target).catch(() => []);
      await rm(target, { recursive: true, force: true });
      return { said: ended.stderr.trimEnd().split("\n").at(-1) ?? "", files };
    },
  };
}

describe("In a bucket without versions", () => {
  test("a chunk that was overwritten with one of the same length passes lists, and not verify --data", async () => {
    const thief = await stolen(false);
    await thief.store.put(thief.chunk, bytesBody(Buffer.alloc(thief.length, "x")));
    expect((await thief.manage("verify")).status).toBe(0);
    const verified = await thief.manage("verify", "--data");
    expect(verified.status).toBe(13);
    expect(verified.text).toContain("has another SHA-256");
  });

  test.each(["manifest.json", "SHA256SUMS.gpg", "archive.json"])(
    "an overwritten %s is found",
    async (name) => {
      const thief = await stolen(false);
      await thief.store.put(`${thief.records}${name}`, bytesBody(Buffer.from("forged")));
      expect((await thief.manage("verify", "--data")).status).toBe(13);
    },
  );
});

describe("In a bucket that keeps versions", () => {
  test("an overwritten chunk does no harm: the version that the manifest names is read", async () => {
    const thief = await stolen(true);
    await thief.store.put(thief.chunk, bytesBody(Buffer.alloc(thief.length, "x")));
    expect(await thief.manage("verify", "--data")).toMatchObject({ status: 0 });
    const { said, files } = await thief.restore();
    expect(said).toMatch(/^Restored backup 1 of merlin/);
    expect(files.toSorted()).toEqual(["a", "b"]);
  });

  test("overwritten records come back when their newer versions are deleted", async () => {
    const thief = await stolen(true);
    const names = ["archive.json", "manifest.json", "SHA256SUMS.gpg"];
    for (const name of names)
      await thief.store.put(`${thief.records}${name}`, bytesBody(Buffer.from("forged")));
    expect((await thief.manage("verify")).status).toBe(13);
    for await (const version of thief.owner.listVersions(thief.records))
      if (version.latest && names.some((name) => version.key.endsWith(`/${name}`)))
        await thief.owner.deleteVersions([version]);
    expect(await thief.manage("verify", "--data")).toMatchObject({ status: 0 });
  });
});
