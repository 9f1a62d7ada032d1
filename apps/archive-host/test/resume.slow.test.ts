// Killed at any moment, then run again: ten times here, a hundred times on real
// parts in resume.long.test.ts.
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createS3, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  type EmbeddedStore,
  startEmbeddedStore,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Killed, killAndResume, type Trial, undisturbed } from "./kill-and-resume.ts";

const ARCHIVE_HOST = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));
const bucket = "offsite";
const region = "us-east-1";
const credentials = { accessKeyId: "id", secretAccessKey: "secret" };

let folder: string;
let server: EmbeddedStore;
let atPut: () => void = () => {};
let trial: Trial;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resume-"));
  server = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [bucket],
    region,
    ...credentials,
    fault: ({ method }) => {
      if (method === "PUT") atPut();
      return undefined;
    },
  });
  const { endpoint } = server;
  const tree = join(folder, "tree");
  await mkdir(tree);
  for (const name of ["a", "b", "c"]) await writeFile(join(tree, name), randomBytes(2_500_000));
  const tarCreate = join(folder, "tar-create");
  await writeTarCreate(tarCreate, tree);
  const tar = await promisify(execFile)(tarCreate, { encoding: "buffer", maxBuffer: 1e8 });
  const passphraseFile = join(folder, "passphrase");
  await writeFile(passphraseFile, "secret\n", { mode: 0o600 });
  const configuration = join(folder, "config.toml");
  const values = { bucket, endpoint, ...credentials, passphraseFile, chunkSize: "1MiB" };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await writeFile(configuration, lines.join(""), { mode: 0o600 });
  const work = join(folder, "work");
  const args = [tarCreate, "", "", "rivendell", "1", "/bin/cat", "", "0000000", work, "0", "*"];
  trial = {
    command: [process.execPath, ARCHIVE_HOST, ...args],
    options: { env: { PATH: process.env["PATH"], BACKUPPC_ARCHIVE_S3_CONFIG: configuration } },
    // The store closes connections that are idle for as long as a run takes.
    store: withRetry(
      createS3({ bucket, region, endpoint, forcePathStyle: true, credentials }).store,
    ),
    host: "rivendell",
    index: join(work, "rivendell.index"),
    passphrase: "secret",
    tarSha256: createHash("sha256").update(tar.stdout).digest("hex"),
  };
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** When the store is asked for so many more objects to keep. */
async function puts(count: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let left = count;
    atPut = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
}

test("Ten kills, spread over a run: the next one reuses what was stored, and is whole", async () => {
  let whole = 0;
  atPut = () => (whole += 1);
  await undisturbed(trial);
  const kills: Killed[] = [];
  for (let turn = 1; turn <= 10; turn++) {
    kills.push(await killAndResume(trial, async () => await puts(Math.ceil((turn / 10) * whole))));
  }
  // Some came between the first chunk and the last, or nothing was tried.
  expect(kills.filter(({ known, tooLate }) => known > 0 && !tooLate)).not.toEqual([]);
});
