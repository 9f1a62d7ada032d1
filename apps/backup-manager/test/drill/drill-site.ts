import { execFile, execFileSync } from "node:child_process";
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  bytesBody,
  createS3,
  type ObjectStore,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  type CephRgwDetails,
  createBucket,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { main } from "../../src/main.ts";
import { recordingOutput } from "../recording-output.ts";

const ARCHIVE_HOST = fileURLToPath(
  new URL("../../../archive-host/dist/archive-host.mjs", import.meta.url),
);
const run = promisify(execFile);
export const PASSPHRASE = "correct horse battery staple";

/** archive-host and backup-manager on one machine, and a bucket of a real store. */
export interface DrillSite {
  readonly folder: string;
  /** archive-host's working directory. */
  readonly state: string;
  readonly store: ObjectStore;
  readonly config: string;
  archive(host: string, number: number): Promise<void>;
  /** @param environment with a PATH of its own @param config another configuration file */
  manage(
    args: readonly string[],
    environment?: NodeJS.ProcessEnv,
    config?: string,
  ): Promise<Managed>;
  /** The host's file of drills. */
  drills(host: string): Promise<unknown>;
  /** Keys that match. */
  keys(pattern: RegExp): Promise<string[]>;
  /** Changes a byte in the middle of an object. */
  damage(key: string): Promise<void>;
  /** A PATH in which some programs are others, by their text, or not there. */
  pathWith(programs: Readonly<Record<string, string>>, hidden?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

interface Managed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param settings of the configuration, besides the bucket's */
export async function openDrillSite(
  rgw: CephRgwDetails,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<DrillSite> {
  const folder = await mkdtemp(join(tmpdir(), "drill-site-"));
  const bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
  const store = withRetry(createS3(bucketLocation(rgw, bucket)).store);
  const [tree, state, config] = [
    join(folder, "tree"),
    join(folder, "state"),
    join(folder, "c.toml"),
  ];
  await writeTree(tree);
  await writeTarCreate(join(folder, "tar-create"), tree);
  await writeFile(join(folder, "passphrase"), `${PASSPHRASE}\n`, { mode: 0o600 });
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const values = {
    bucket,
    endpoint,
    region,
    accessKeyId,
    secretAccessKey,
    provider: "ceph",
    passphraseFile: join(folder, "passphrase"),
    stateDirectory: state,
    chunkSize: "1MiB",
    ...settings,
  };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await writeFile(config, lines.join(""), { mode: 0o600 });
  const site: DrillSite = {
    folder,
    state,
    store,
    config,
    async archive(host, number) {
      const request = [host, String(number), "cat", "", "0", state, "0", "*"];
      const args = [ARCHIVE_HOST, join(folder, "tar-create"), "", "", ...request];
      await run(process.execPath, args, {
        env: { ...process.env, BACKUPPC_ARCHIVE_S3_CONFIG: config },
      });
    },
    async manage(args, environment = {}, file = config) {
      const output = recordingOutput();
      const env = { ...process.env, ...environment };
      const status = await main(["--config", file, ...args], env, output);
      return { status, stdout: output.results.join(""), stderr: output.notes.join("\n") };
    },
    drills: async (host) => JSON.parse(await readFile(join(state, `${host}.drill`), "utf8")),
    async keys(pattern) {
      const found: string[] = [];
      for await (const { key } of store.list("")) if (pattern.test(key)) found.push(key);
      return found;
    },
    async damage(key) {
      const pieces: Uint8Array[] = [];
      for await (const piece of await store.get(key)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      await store.put(key, bytesBody(bytes));
    },
    pathWith: async (programs, hidden = []) => await pathWith(folder, programs, hidden),
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
  return site;
}

/** Files, a hard link, a symbolic link, a folder that cannot be written to, and odd names. */
async function writeTree(tree: string): Promise<void> {
  await mkdir(join(tree, "etc"), { recursive: true });
  await writeFile(join(tree, "etc", "fstab"), "/dev/sda1 / ext4\n");
  await writeFile(join(tree, "largest"), Buffer.alloc(3_000_000, "the largest file "));
  for (let index = 0; index < 20; index++)
    await writeFile(join(tree, `file ${index}`), Buffer.alloc(100_000, `of file ${index} `));
  await link(join(tree, "etc", "fstab"), join(tree, "hard link"));
  await symlink("etc/fstab", join(tree, "soft link"));
  const odd = Buffer.concat([Buffer.from(`${tree}/it's \n$(odd)`), Buffer.of(0xff)]);
  await writeFile(odd, "odd");
  await mkdir(join(tree, "closed"));
  await writeFile(join(tree, "closed", "note"), "closed");
  await chmod(join(tree, "closed"), 0o555);
  execFileSync("touch", ["-h", "-d", "2001-02-03T04:05:06Z", join(tree, "etc", "fstab")]);
}

async function pathWith(
  place: string,
  programs: Readonly<Record<string, string>>,
  hidden: readonly string[],
): Promise<string> {
  const folder = await mkdtemp(join(place, "path-"));
  for (const [name, text] of Object.entries(programs))
    await writeFile(join(folder, name), text, { mode: 0o755 });
  for (const directory of (process.env["PATH"] ?? "").split(":"))
    for (const name of await readdir(directory).catch(() => []))
      // What is there already came first.
      if (!hidden.includes(name))
        await symlink(join(directory, name), join(folder, name)).catch(() => {});
  return folder;
}
