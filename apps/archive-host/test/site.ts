import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import {
  type Fault,
  startEmbeddedStore,
  type StoreRequest,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";

const BUNDLE = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));
const BUCKET = "offsite";
/** What an archive of the site's host leaves in the working directory. */
export const LEFT_BEHIND = [
  "merlin.index",
  "merlin.lock",
  "signing-key.public.asc",
  "signing-key.secret.asc",
];
export const PASSPHRASE = "s3cr3t-phrase";
const KEYS = { accessKeyId: "id", secretAccessKey: "s3cr3t-key" };

/** A machine with BackupPC on it and a store: an embedded one, and a program for BackupPC_tarCreate. */
export interface Site {
  readonly folder: string;
  /** `$Conf{ArchiveDest}`. */
  readonly work: string;
  /** The program that stands for BackupPC_tarCreate; it may be written anew. */
  readonly tarCreate: string;
  /** What reads the store, without faults of its own. */
  readonly store: ObjectStore;
  /** May be set to a fault of the store. */
  fault: (request: StoreRequest) => Fault | undefined;
  configure(changes?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Node, the bundle and the arguments, for a host that no BackupPC knows; `changes` by position, from 1. */
  command(changes?: Readonly<Record<number, string>>): string[];
  /** For {@link command}; with what is in `extra` too. */
  environment(extra?: Readonly<Record<string, string>>): Record<string, string>;
  /** The status of each archive in the store. */
  statuses(): Promise<string[]>;
  /** All that lies in the working directory, and what the files hold. */
  leftBehind(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "archive-host-"));
  const store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [BUCKET],
    region: "us-east-1",
    ...KEYS,
    fault: (request) => site.fault(request),
  });
  const { endpoint } = store;
  const configFile = join(folder, "config.toml");
  const location = { bucket: BUCKET, region: "us-east-1", endpoint, forcePathStyle: true };
  const s3 = createS3({ ...location, credentials: KEYS }).store;
  const site: Site = {
    folder,
    work: join(folder, "work"),
    tarCreate: join(folder, "tar-create"),
    store: s3,
    fault: () => undefined,
    configure: async (changes = {}) => {
      const values = {
        bucket: BUCKET,
        endpoint,
        ...KEYS,
        passphrase: PASSPHRASE,
        chunkSize: "1MiB",
        // By their last part: what tests let compress.
        filters: ["/opt/filter", "/opt/failing"],
      };
      await rm(configFile, { force: true });
      await writeFile(configFile, toml({ ...values, ...changes }), { mode: 0o600 });
    },
    command: (changes = {}) => {
      const { tarCreate, work } = site;
      const args = [tarCreate, "", "", "merlin", "1", "/bin/cat", "", "0000000", work, "0", "*"];
      for (const [position, value] of Object.entries(changes)) args[Number(position) - 1] = value;
      return [process.execPath, BUNDLE, ...args];
    },
    environment: (extra = {}) => ({
      PATH: process.env["PATH"] ?? "",
      BACKUPPC_ARCHIVE_S3_CONFIG: configFile,
      ...extra,
    }),
    statuses: async () => {
      return (await openCatalog(s3).list()).map(({ status }) => status);
    },
    leftBehind: async () => await filesBelow(site.work),
    close: async () => {
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await mkdir(join(folder, "tree"));
  for (const name of ["a", "b", "c"]) {
    await writeFile(join(folder, "tree", name), Buffer.alloc(1_500_000, name));
  }
  await writeTarCreate(site.tarCreate, join(folder, "tree"));
  await site.configure();
  return site;
}

/** A program that was started, and what it says. */
export interface Running {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves with the first line that matches, which may have been said already. */
  said(pattern: RegExp): Promise<string>;
  /** Exit status, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts a program with both outputs together, as BackupPC has them. */
export function start(
  [program = "", ...args]: readonly string[],
  env: Record<string, string>,
): Running {
  const child = spawn(program, args, {
    env,
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: should it ever signal that, its end is seen, and not the tests'.
    detached: true,
  });
  const lines: string[] = [];
  const said = new Set<() => void>();
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => {
      lines.push(line);
      for (const look of said) look();
    });
  }
  const ended = once(child, "close").then(([status, signal]) => status ?? signal);
  return {
    child,
    lines,
    ended,
    said: async (pattern) =>
      await new Promise((resolve, reject) => {
        const look = (): void => {
          const line = lines.find((candidate) => pattern.test(candidate));
          if (line !== undefined) resolve(line);
        };
        said.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}: ${lines.join("\n")}`)));
      }),
  };
}

function toml(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join("");
}

async function filesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        return [file, await readFile(file, "latin1")] as const;
      }),
    ),
  );
}
