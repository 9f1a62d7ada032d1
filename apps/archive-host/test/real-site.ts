import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createS3, type ObjectStore, withRetry } from "@backuppc-archive-s3/s3-transport";
import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { inject } from "vitest";

/** archive-host, put where the user backuppc can run it, and a bucket of Ceph RGW to archive to. */
export interface RealSite {
  readonly folder: string;
  readonly configuration: string;
  readonly passphraseFile: string;
  readonly bucket: string;
  readonly store: ObjectStore;
  /** Program and arguments that archive a backup. */
  command(host: string, number: string, share?: string): readonly [string, ...string[]];
  remove(): Promise<void>;
}

const BUNDLE = fileURLToPath(new URL("../dist", import.meta.url));

export async function realSite(settings: Readonly<Record<string, string>> = {}): Promise<RealSite> {
  const rgw = inject("store");
  const backuppc = inject("backuppc");
  const folder = await mkdtemp(join(backuppc.rigFolder, "archive-site-"));
  await chmod(folder, 0o755);
  const program = join(folder, "archive-host.mjs");
  await cp(BUNDLE, folder, { recursive: true });
  const bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
  const work = join(folder, "work");
  await mkdir(work);
  await chown(work, backuppc.uid, backuppc.gid);
  const passphraseFile = await secretFile(folder, "passphrase", "secret\n", backuppc.gid);
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const keys = { accessKeyId, secretAccessKey };
  const values = { bucket, region, endpoint, provider: "ceph", ...keys, passphraseFile };
  const lines = Object.entries({ ...values, ...settings })
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join("");
  const tarCreate = join(backuppc.programFolder, "BackupPC_tarCreate");
  return {
    folder,
    bucket,
    passphraseFile,
    configuration: await secretFile(folder, "config.toml", lines, backuppc.gid),
    store: withRetry(createS3(bucketLocation(rgw, bucket)).store),
    command(host, number, share = "*") {
      const request = [host, number, "/bin/cat", "", "0000000", work, "0", share];
      return [process.execPath, program, tarCreate, "", "", ...request];
    },
    remove: async () => await rm(folder, { recursive: true, force: true }),
  };
}

async function secretFile(
  folder: string,
  name: string,
  text: string,
  gid: number,
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text, { mode: 0o640 });
  await chown(file, 0, gid);
  return file;
}
