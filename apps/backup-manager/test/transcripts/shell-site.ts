import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Catalog, newAttemptId, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3Store, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import { afterAll } from "vitest";
import { archiveOfTwo } from "../archive-of-two.ts";

/** The program as users have it: the bundle, found by a link in the PATH. */
const PROGRAM = fileURLToPath(new URL("../../dist/backup-manager.js", import.meta.url));
const CREDENTIALS = { accessKeyId: "manager", secretAccessKey: "manager's secret" };
const REGION = "eu-central-1";
/** Of all keys. */
const PREFIX = "site-a/";

/** A folder with a configuration, a store that checks signatures, and a shell in which backup-manager is found. */
export interface ShellSite {
  readonly folder: string;
  readonly store: ObjectStore;
  readonly catalog: Catalog;
  readonly secret: string;
  /** Another bucket of the same store; made if it is not there. */
  bucket(name: string): Promise<ObjectStore>;
  /** Runs a line of shell in the folder. */
  shell(line: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** For one test file; it ends with it. Configurations: `offsite` (the standard one), `empty`, `nowhere`, `stranger`. */
export async function shellSite(): Promise<ShellSite> {
  const folder = await mkdtemp(join(tmpdir(), "backup-manager-"));
  const embedded = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: ["offsite", "empty"],
    region: REGION,
    ...CREDENTIALS,
  });
  afterAll(async () => {
    await embedded.stop();
    await rm(folder, { recursive: true });
  });
  await mkdir(join(folder, "bin"));
  await symlink(PROGRAM, join(folder, "bin", "backup-manager"));
  const { endpoint } = embedded;
  for (const bucket of ["offsite", "empty", "nowhere"])
    await writeConfig(folder, bucket, { bucket, endpoint });
  const stranger = { bucket: "offsite", endpoint, secretAccessKey: "not the secret" };
  await writeConfig(folder, "stranger", stranger);
  const place = { bucket: "offsite", region: REGION, endpoint, forcePathStyle: true };
  const store = createS3Store({ ...place, credentials: CREDENTIALS });
  return {
    folder,
    store,
    catalog: openCatalog(store, { prefix: PREFIX }),
    secret: CREDENTIALS.secretAccessKey,
    async bucket(name) {
      await mkdir(join(folder, "store", name), { recursive: true });
      return createS3Store({ ...place, bucket: name, credentials: CREDENTIALS });
    },
    shell: async (line, env = {}) => await shell(folder, line, env),
  };
}

/** A complete archive of gandalf, one of its that is unfinalized, and a partial one of `web server`. */
export async function threeArchives({ store, catalog }: ShellSite): Promise<void> {
  const attempt = (minutes: number): string =>
    newAttemptId(new Date(Date.now() - minutes * 60_000));
  const gandalf = { host: "gandalf", number: 123, attempt: attempt(400) };
  await archiveOfTwo(store, catalog, gandalf);
  const left = { host: "gandalf", number: 124, attempt: attempt(200) };
  await archiveOfTwo(store, catalog, left, { committed: false });
  const web = { host: "web server", number: 7, attempt: attempt(300) };
  await archiveOfTwo(store, catalog, web, { sourceErrors: 3 });
}

async function shell(
  folder: string,
  line: string,
  extra: Readonly<Record<string, string>>,
): Promise<Ended> {
  const PATH = [join(folder, "bin"), dirname(process.execPath), process.env["PATH"]].join(":");
  const env = {
    PATH,
    TZ: "UTC",
    BACKUPPC_ARCHIVE_S3_CONFIG: join(folder, "offsite.toml"),
    ...extra,
  };
  return await new Promise((resolve) => {
    const child = execFile("sh", ["-c", line], { cwd: folder, env }, (_, stdout, stderr) => {
      resolve({ stdout, stderr, status: child.exitCode ?? -1 });
    });
  });
}

async function writeConfig(
  folder: string,
  name: string,
  own: Readonly<Record<string, string>>,
): Promise<void> {
  await writeFile(join(folder, "passphrase"), "hunter2\n", { mode: 0o600 });
  const passphraseFile = join(folder, "passphrase");
  const entries = { prefix: PREFIX, region: REGION, ...CREDENTIALS, passphraseFile, ...own };
  const lines = Object.entries(entries).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}\n`,
  );
  await writeFile(join(folder, `${name}.toml`), lines.join(""), { mode: 0o600 });
}
