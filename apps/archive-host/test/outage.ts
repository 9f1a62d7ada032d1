import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, withRetry } from "@backuppc-archive-s3/s3-transport";
import { bucketLocation, type CephRgw, createBucket } from "@backuppc-archive-s3/test-rig";
import { indexedChunks } from "./read-archive.ts";
import { type Running, start } from "./site.ts";

const BUNDLE = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));
const HALF = 8_000_000;

/** A backup of 16 MB of which the second half comes when it is let, so that something happens amid the archive. */
export interface OutageSite {
  /** Starts an archive; resolves when its first half is on the way, and some of it stored. */
  begin(settings?: Readonly<Record<string, unknown>>): Promise<Running>;
  /** BackupPC_tarCreate writes the second half. */
  goOn(): Promise<void>;
  statuses(): Promise<string[]>;
  remove(): Promise<void>;
}

export async function outageSite(rgw: CephRgw): Promise<OutageSite> {
  const folder = await mkdtemp(join(tmpdir(), "outage-"));
  const bucket = `outage-${Date.now()}`;
  await createBucket(rgw, bucket);
  const go = join(folder, "go");
  const tarCreate = await writeHaltingTarCreate(folder, go);
  const config = join(folder, "config.toml");
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const fixed = { bucket, endpoint, region, provider: "ceph", accessKeyId, secretAccessKey };
  return {
    begin: async (settings = {}) => {
      await rm(go, { force: true });
      const values = { ...fixed, passphrase: "secret", chunkSize: "1MiB", ...settings };
      const lines = Object.entries(values).map(
        ([key, value]) => `${key} = ${JSON.stringify(value)}\n`,
      );
      await writeFile(config, lines.join(""), { mode: 0o600 });
      const work = join(folder, "work");
      const args = [tarCreate, "", "", "merlin", "1", "/bin/cat", "", "0", work, "0", "*"];
      const running = start([process.execPath, BUNDLE, ...args], {
        PATH: process.env["PATH"] ?? "",
        BACKUPPC_ARCHIVE_S3_CONFIG: config,
      });
      await running.said(/half of the tar is written/);
      while ((await indexedChunks(join(work, "merlin.index"))) < 2) await sleep(20);
      return running;
    },
    goOn: async () => await writeFile(go, ""),
    statuses: async () => {
      const store = withRetry(createS3(bucketLocation(rgw, bucket)).store);
      return (await openCatalog(store).list()).map(({ status }) => status);
    },
    remove: async () => await rm(folder, { recursive: true, force: true }),
  };
}

async function writeHaltingTarCreate(folder: string, go: string): Promise<string> {
  const tree = join(folder, "tree");
  await mkdir(tree);
  for (let number = 0; number < 16; number++)
    await writeFile(join(tree, `file-${number}`), randomBytes(1_000_000));
  const tar = join(folder, "tar");
  await promisify(execFile)("tar", ["-C", tree, "-cf", tar, "."]);
  const tarCreate = join(folder, "tar-create");
  const script = `#!/bin/sh
head -c ${HALF} ${tar}
echo "half of the tar is written" >&2
while [ ! -e ${go} ]; do sleep 0.05; done
tail -c +${HALF + 1} ${tar}
echo "Done: 16 files, 16000000 bytes, 1 dirs, 0 specials, 0 errors" >&2
`;
  await writeFile(tarCreate, script, { mode: 0o755 });
  return tarCreate;
}
