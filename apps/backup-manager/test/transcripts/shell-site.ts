import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ChunkIndex, newEpoch } from "@backuppc-archive-s3/archiver";
import {
  type ArchiveId,
  type Catalog,
  openArchiveWriter,
  openCatalog,
} from "@backuppc-archive-s3/backup-catalog";
import { createS3, type ObjectStore, withPrefix } from "@backuppc-archive-s3/s3-transport";
import { startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import { afterAll } from "vitest";
import {
  attemptOf,
  storeArchive,
  type StoredArchive,
  type StoreOptions,
} from "../store-archive.ts";
import { openVault, type Vault } from "../vault.ts";

/** The program as users have it: the bundle, found by a link in the PATH. */
const PROGRAM = fileURLToPath(new URL("../../dist/backup-manager.mjs", import.meta.url));
const CREDENTIALS = { accessKeyId: "manager", secretAccessKey: "manager's secret" };
const REGION = "eu-central-1";
/** Of all keys. */
const PREFIX = "site-a/";

/** A folder with a configuration, a store that checks signatures, and a shell in which backup-manager is found. */
export interface ShellSite {
  readonly folder: string;
  /** What is below the prefix of all configurations, by keys relative to it. */
  readonly store: ObjectStore;
  readonly catalog: Catalog;
  /** What the store was asked for: keys, and what the keys of lists start with, all whole. */
  readonly asked: readonly string[];
  readonly secret: string;
  /** Stores an archive, signed by the key that `offsite.toml` names, or by another. */
  archive(id: ArchiveId, options?: StoreOptions, vault?: Vault): Promise<StoredArchive>;
  /** What the signing key that `offsite.toml` names belongs to. */
  vault(): Promise<Vault>;
  /** Has archive-host's chunk index know all chunks of gandalf that are stored. @param holdUntil of each, milliseconds */
  indexed(holdUntil?: number): Promise<void>;
  /** Makes all that is in the store so many days older. */
  aged(days: number): Promise<void>;
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

/**
 * For one test file; it ends with it. Configurations: `offsite` (the standard one), `empty`, `nowhere`, `stranger` (other
 * secrets), `unsigned` (no signing key is known), `server` (archive-host's working directory is `state`).
 */
export async function shellSite(): Promise<ShellSite> {
  const folder = await mkdtemp(join(tmpdir(), "backup-manager-"));
  const asked: string[] = [];
  const embedded = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: ["offsite", "empty"],
    region: REGION,
    ...CREDENTIALS,
    fault({ operation, key, query }) {
      const start = query.get("prefix");
      if (key !== "") asked.push(key);
      else if (operation === "list" || start !== null) asked.push(start ?? "");
      return undefined;
    },
  });
  afterAll(async () => {
    await embedded.stop();
    await rm(folder, { recursive: true });
  });
  await mkdir(join(folder, "bin"));
  await symlink(PROGRAM, join(folder, "bin", "backup-manager"));
  const { endpoint } = embedded;
  const vault = await vaultOfFile();
  await writeFile(join(folder, "signer.asc"), vault.publicKey);
  for (const bucket of ["offsite", "empty", "nowhere"])
    await writeConfig(folder, bucket, { bucket, endpoint });
  const offsite = { bucket: "offsite", endpoint };
  await writeConfig(folder, "stranger", { ...offsite, secretAccessKey: "not the secret" });
  await writeConfig(folder, "unsigned", { ...offsite, signers: [] });
  await writeState(folder, vault, endpoint);
  const stateDirectory = join(folder, "state");
  await writeConfig(folder, "server", { ...offsite, signers: [], stateDirectory });
  const place = { bucket: "offsite", region: REGION, endpoint, forcePathStyle: true };
  const store = withPrefix(createS3({ ...place, credentials: CREDENTIALS }).store, PREFIX);
  return {
    folder,
    store,
    catalog: openCatalog(store),
    asked,
    secret: CREDENTIALS.secretAccessKey,
    archive: async (id, options, by = vault) =>
      await storeArchive({ store, vault: by }, id, options),
    vault: vaultOfFile,
    indexed: async (holdUntil) => await addToIndex(stateDirectory, store, holdUntil),
    aged: async (days) => await shellOk(folder, agingLine(days)),
    async bucket(name) {
      await mkdir(join(folder, "store", name), { recursive: true });
      return createS3({ ...place, bucket: name, credentials: CREDENTIALS }).store;
    },
    shell: async (line, env = {}) => await shell(folder, line, env),
  };
}

/** A complete archive of gandalf, one of its that is incomplete, and a partial one of `web server`. */
export async function threeArchives(site: ShellSite): Promise<void> {
  const attempt = (minutes: number): string => attemptOf(minutes / 1440);
  await site.archive({ host: "gandalf", number: 123, attempt: attempt(400) });
  const left = { host: "gandalf", number: 124, attempt: attempt(200) };
  await site.archive(left, { without: "head" });
  const web = { host: "web server", number: 7, attempt: attempt(300) };
  await site.archive(web, { sourceErrors: 3 });
}

let opened: Promise<Vault> | undefined;

/** One for the whole test file: its passphrase takes its time. */
async function vaultOfFile(): Promise<Vault> {
  opened ??= openVault();
  return await opened;
}

/** archive-host's working directory, as far as backup-manager reads it, with a chunk index of gandalf. */
async function writeState(
  folder: string,
  { publicKey, secretKey, uploader }: Vault,
  endpoint: string,
): Promise<void> {
  const state = join(folder, "state");
  await mkdir(state, { mode: 0o700 });
  await writeFile(join(state, "signing-key.public.asc"), publicKey, { mode: 0o600 });
  await writeFile(join(state, "signing-key.secret.asc"), secretKey, { mode: 0o600 });
  const binding = {
    host: "gandalf",
    store: { bucket: "offsite", endpoint, prefix: PREFIX },
    compression: { name: "none", suffix: "" },
    encrypted: false,
    subkeys: [],
    uploader,
  };
  const header = await newEpoch(binding, { dataKey: null, mean: 1_000_000 });
  const canary = { id: "0123456789abcdef", next: 2, claimed: 2, ready: 100 };
  await (await ChunkIndex.begin(state, { ...header, canary })).close();
}

async function addToIndex(
  state: string,
  store: ObjectStore,
  holdUntil: number | undefined,
): Promise<void> {
  const found = await ChunkIndex.read(state, "gandalf");
  if (found === undefined || !("index" in found)) throw new Error("There is no index.");
  const folder = "chunks/gandalf/";
  for await (const { key, length } of store.list(folder)) {
    const digest = createHash("sha256").update(key).digest("hex");
    const stored = {
      name: key.slice(folder.length),
      storedLength: length,
      sha256: digest,
      ...(holdUntil !== undefined && { holdUntil }),
    };
    await found.index.add({ digest, plainLength: 1, ...stored, stored: Date.now() });
  }
  await found.index.close();
  const { uploader, canary } = found.index.header;
  if (canary === null) throw new Error("The index has no canaries.");
  const { id, next: number } = canary;
  const writer = openArchiveWriter(store);
  await writer.canary(uploader, "gandalf", { id, number, kind: "witness" });
}

/** The embedded store shows the files' times. */
function agingLine(days: number): string {
  const seconds = days * 86_400;
  return `find store -type f -exec sh -c 'for f; do touch -d "@$(($(stat -c %Y "$f") - ${seconds}))" "$f"; done' sh {} +`;
}

async function shellOk(folder: string, line: string): Promise<void> {
  const { status, stderr } = await shell(folder, line, {});
  if (status !== 0) throw new Error(stderr);
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
      resolve({ stdout: withSteadyAges(stdout), stderr, status: child.exitCode ?? -1 });
    });
  });
}

async function writeConfig(
  folder: string,
  name: string,
  own: Readonly<Record<string, string | readonly string[]>>,
): Promise<void> {
  await writeFile(join(folder, "passphrase"), "hunter2\n", { mode: 0o600 });
  const passphraseFile = join(folder, "passphrase");
  const signing = { signers: [join(folder, "signer.asc")], stateDirectory: join(folder, "none") };
  const site = { prefix: PREFIX, region: REGION, ...CREDENTIALS, passphraseFile };
  const entries = { ...site, ...signing, ...own };
  const lines = Object.entries(entries).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}\n`,
  );
  await writeFile(join(folder, `${name}.toml`), lines.join(""), { mode: 0o600 });
}

/** A busy machine takes a minute between an archive and the list that shows its age. */
function withSteadyAges(stdout: string): string {
  return stdout.replaceAll(/\b\d min ago/g, "0 min ago").replaceAll(/\b1\d min ago/g, "14 min ago");
}
