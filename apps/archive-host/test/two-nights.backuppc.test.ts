// What a second night sends, on real parts: by a user who may only put, and through BackupPC's web page and command line.
import { execFile } from "node:child_process";
import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ArchiveSummary, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  createBucket,
  createUploader,
  driveBackupPc,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { realSite } from "./real-site.ts";

const run = promisify(execFile);
const rgw = inject("store");
const details = inject("backuppc");
const BUNDLE = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "two-nights-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function archives(bucket: string): Promise<ArchiveSummary[]> {
  return await openCatalog(withRetry(createS3(bucketLocation(rgw, bucket)).store)).list();
}

test("A user who may only put objects archives two nights, and the second sends only what has changed", async () => {
  const bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
  const { endpoint, region, accessKeyId, secretAccessKey } = await createUploader(rgw, bucket);
  const keys = { bucket, endpoint, region, accessKeyId, secretAccessKey };
  const values = { ...keys, provider: "ceph", passphrase: "correct horse", chunkSize: "1MiB" };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  const config = join(folder, "config.toml");
  await writeFile(config, lines.join(""), { mode: 0o600 });
  const tree = join(folder, "tree");
  await mkdir(tree);
  for (let file = 0; file < 60; file++)
    await writeFile(join(tree, `file ${file}`), randomBytes(200_000));
  const tarCreate = join(folder, "tar-create");
  await writeTarCreate(tarCreate, tree);
  const night = async (number: number): Promise<string> => {
    const request = ["rivendell", String(number), "cat", "", "0", join(folder, "work"), "0", "*"];
    const env = { ...process.env, BACKUPPC_ARCHIVE_S3_CONFIG: config };
    const args = [BUNDLE, tarCreate, "", "", ...request];
    const { stdout } = await run(process.execPath, args, { env });
    return stdout.trimEnd().split("\n").at(-1) ?? "";
  };

  expect(await night(1)).toMatch(/^archived rivendell 1: \d+ chunks/);
  await writeFile(join(tree, "file 30"), randomBytes(200_000));
  expect(await night(2)).toMatch(/^archived rivendell 2: \d+ chunks, [12] new, /);

  const found = await archives(bucket);
  const [first, second] = found.toSorted((one, other) => one.id.number - other.id.number);
  expect(first).toMatchObject({ status: "complete", newChunks: first?.chunks });
  expect(second?.status).toBe("complete");
  expect(second?.newChunks).toBeLessThanOrEqual(2);
  expect(second?.newBytes).toBeLessThan((second?.storedBytes ?? 0) / 4);
});

test("An archive of ArchiveSplit 500 from the web page and one of the command line share their chunks", async () => {
  const site = await realSite();
  const program = join(site.folder, "archive-host.mjs");
  const work = join(site.folder, "shared-work");
  await mkdir(work);
  await chown(work, details.uid, details.gid);
  const backuppc = driveBackupPc(details);
  const environment = `BACKUPPC_ARCHIVE_S3_CONFIG=${site.configuration}`;
  const command = `/usr/bin/env ${environment} ${process.execPath} ${program}`;
  const request = { hosts: ["gandalf"], command, destination: work, compression: "gzip" } as const;
  try {
    const web = await backuppc.archive({ ...request, by: "web", splitSize: 500 });
    expect(web).toMatchObject({ result: "ok", message: "" });
    const typed = await backuppc.archive({ ...request, by: "command-line" });
    expect(typed).toMatchObject({ result: "ok", message: "" });
    expect(typed.log).toMatch(/archived gandalf \d+: [\d,]+ chunks?, 0 new, /);
    const [first, second] = await archives(site.bucket);
    expect(first?.newBytes).toBe(first?.storedBytes);
    expect(second).toMatchObject({ status: "complete", newChunks: 0, chunks: first?.chunks });
  } finally {
    await site.remove();
  }
});
