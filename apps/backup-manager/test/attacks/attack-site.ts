// BackupPC's server with archive-host as users have it, a manager's machine, a store, real restore scripts, and what attacks need besides.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type ArchiveSummary,
  type Catalog,
  openCatalog,
} from "@backuppc-archive-s3/backup-catalog";
import { createS3, type ObjectStore, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  type Fault,
  startEmbeddedStore,
  type StoreRequest,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { main } from "../../src/main.ts";
import { recordingOutput } from "../recording-output.ts";
import { atAnotherTime, SHIFT_DATE } from "./another-time.ts";

const ARCHIVE_HOST = fileURLToPath(
  new URL("../../../archive-host/dist/archive-host.mjs", import.meta.url),
);
const BUCKET = "offsite";
const PASSPHRASE = "hunter2";
export const DAY = 86_400_000;

export interface Ended {
  readonly status: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AttackSite {
  readonly folder: string;
  /** The tree that is archived. */
  readonly tree: string;
  /** archive-host's working directory. */
  readonly work: string;
  /** The bucket's owner: may do everything, overwriting included. */
  readonly store: ObjectStore;
  readonly catalog: Catalog;
  /** May be set to a fault of the store. */
  fault: (request: StoreRequest) => Fault | undefined;
  /** Milliseconds by which every clock is ahead: the store's, and those of both machines. */
  passed: number;
  /** Milliseconds by which the BackupPC server's and the manager's own clocks are wrong besides. */
  wrong: { server: number; manager: number };
  /** Changes a configuration: `server`, or `manager`, which is on another machine and knows the signing key. */
  configure(who: "server" | "manager", values: Readonly<Record<string, unknown>>): Promise<void>;
  archive(host: string, number: number, how?: ArchiveHow): Promise<Ended>;
  /** Runs a program on one of the machines. */
  run(who: "server" | "manager", command: readonly string[], how?: How): Promise<Ended>;
  /** backup-manager within this process: quicker. */
  manage(args: readonly string[], who?: "server" | "manager"): Promise<Ended>;
  /** Writes a script, and restores by it into an empty folder. */
  restore(
    host: string,
    number: number,
    options?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Restored>;
  /** Archives of the host that are listed as complete, by number: of two that began in one second, lists do not say which was the first. */
  complete(host: string): Promise<ArchiveSummary[]>;
  /** Key of each object. @param prefix what they start with */
  keys(prefix?: string): Promise<string[]>;
  bytes(key: string): Promise<Buffer>;
  close(): Promise<void>;
}

export interface How {
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** Given the process's id once it runs. */
  readonly onStart?: (pid: number) => void;
}

interface ArchiveHow extends How {
  /** What stands for BackupPC_tarCreate; that of `tree` unless given. */
  readonly tarCreate?: string;
}

interface Restored {
  /** What backup-manager said of the script. */
  readonly script: Ended;
  /** Undefined where there was no script. */
  readonly run: Ended | undefined;
  readonly target: string;
}

/** Of two machines and an embedded store, for one test file. */
export async function openAttackSite(): Promise<AttackSite> {
  const folder = await mkdtemp(join(tmpdir(), "attacks-"));
  const rightDate = Date;
  const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
  const store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [BUCKET],
    region: "us-east-1",
    ...credentials,
    fault: (request) => site.fault(request),
    clock: () => new rightDate(rightDate.now() + site.passed),
  });
  const { endpoint } = store;
  const place = { bucket: BUCKET, region: "us-east-1", endpoint, forcePathStyle: true };
  // Once more with the clock corrected, after time has passed.
  const owner = withRetry(createS3({ ...place, credentials }).store, { attempts: 2 });
  const [tree, work] = [join(folder, "tree"), join(folder, "work")];
  const standard = { bucket: BUCKET, endpoint, ...credentials, passphrase: PASSPHRASE };
  const machine = {
    server: { ...standard, stateDirectory: work, chunkSize: "1MiB" },
    manager: {
      ...standard,
      stateDirectory: join(folder, "none"),
      signers: [join(work, "signing-key.public.asc")],
    },
  };
  const run: AttackSite["run"] = async (who, command, { env = {}, ...how } = {}) =>
    await toEnd(command, {
      cwd: folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: join(folder, "home"),
        TZ: "UTC",
        BACKUPPC_ARCHIVE_S3_CONFIG: join(folder, `${who}.toml`),
        NODE_OPTIONS: `--import=${join(folder, "shift-date.mjs")}`,
        SHIFT_DATE: String(site.passed + site.wrong[who]),
        ...env,
      },
      ...how,
    });
  let restores = 0;
  const site: AttackSite = {
    folder,
    tree,
    work,
    store: owner,
    catalog: openCatalog(owner),
    fault: () => undefined,
    passed: 0,
    wrong: { server: 0, manager: 0 },
    async configure(who, values) {
      const file = join(folder, `${who}.toml`);
      await rm(file, { force: true });
      await writeFile(file, toml({ ...machine[who], ...values }), { mode: 0o600 });
    },
    async archive(host, number, { tarCreate = join(folder, "tar-create"), ...how } = {}) {
      const request = [host, String(number), "cat", "", "0", work, "0", "*"];
      const program = [process.execPath, ARCHIVE_HOST, tarCreate, "", ""];
      return await run("server", [...program, ...request], how);
    },
    run,
    async manage(args, who = "manager") {
      const output = recordingOutput();
      const config = { BACKUPPC_ARCHIVE_S3_CONFIG: join(folder, `${who}.toml`) };
      const status = await atAnotherTime(
        site.passed + site.wrong[who],
        async () => await main(args, { ...process.env, ...config }, output),
      );
      const [stdout, stderr] = [output.results, output.notes].map((lines) => lines.join("\n"));
      return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
    },
    async restore(host, number, options = [], env = {}) {
      const name = join(folder, `restored-${++restores}`);
      const which = ["-H", host, "-b", String(number), "-f", `${name}.sh`, ...options];
      const script = await site.manage(["script", ...which]);
      const target = name;
      if (script.status !== 0) return { script, run: undefined, target };
      const words = [`${name}.sh`, "--passphrase-file", join(folder, "passphrase"), target];
      return { script, run: await run("manager", ["sh", ...words], { env }), target };
    },
    async complete(host) {
      const archives = await site.catalog.list({ host });
      return archives
        .filter(({ status }) => status === "complete")
        .toSorted((one, other) => one.id.number - other.id.number);
    },
    async keys(prefix = "") {
      const keys: string[] = [];
      for await (const { key } of owner.list(prefix)) keys.push(key);
      return keys;
    },
    async bytes(key) {
      const pieces: Uint8Array[] = [];
      for await (const piece of await owner.get(key)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
    async close() {
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await mkdir(tree);
  await mkdir(join(folder, "home"));
  for (const name of ["a", "b", "c"])
    await writeFile(join(tree, name), Buffer.alloc(1_500_000, `${name} of the tree `));
  await writeTarCreate(join(folder, "tar-create"), tree);
  await writeFile(join(folder, "passphrase"), `${PASSPHRASE}\n`, { mode: 0o600 });
  await writeFile(join(folder, "shift-date.mjs"), SHIFT_DATE);
  await site.configure("server", {});
  await site.configure("manager", {});
  return site;
}

/** What must end well here, or there is nothing to attack. @throws {Error} with all that it said */
export function well(ended: Ended): Ended {
  if (ended.status === 0) return ended;
  throw new Error(`It ended with ${ended.status}: ${ended.stdout}${ended.stderr}`);
}

interface Surroundings extends How {
  readonly cwd: string;
  readonly env: Record<string, string>;
}

async function toEnd(
  [program = "", ...args]: readonly string[],
  { cwd, env, signal, onStart }: Surroundings,
): Promise<Ended> {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  signal?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
  if (child.pid !== undefined) onStart?.(child.pid);
  const [code, by] = await once(child, "close");
  return { status: code ?? by, stdout, stderr };
}

function toml(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join("");
}
