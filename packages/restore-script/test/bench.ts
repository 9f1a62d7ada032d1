import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type RestoreInput, restoreScript } from "../src/index.ts";
import { type TypeOptions, typeInto } from "./terminal.ts";
import { type FaultServer, startFaultServer } from "./fault-server.ts";
import { legacyArchive, type LegacyOptions } from "./legacy-archive.ts";
import { makeTree } from "./test-tree.ts";
import { type Ended, programsIn, runScript } from "./run-script.ts";
import {
  type ArchiveOptions,
  PASSPHRASE,
  type StoredArchive,
  storedArchive,
} from "./stored-archive.ts";

/** A tree, a server for its archive, and a working directory in which scripts run. */
export interface Bench {
  readonly server: FaultServer;
  readonly tree: string;
  /** Where scripts run; empty but for the script at the start of each test. */
  readonly folder: string;
  /** Their TMPDIR. */
  readonly temporary: string;
  readonly passphraseFile: string;
  path(name: string): string;
  /** Archives the tree, and writes its script with what is given in place of what is right. */
  archive(options: ArchiveOptions, script?: ScriptChanges): Promise<void>;
  /** The same, as the Python program archived it. */
  archiveAsLegacy(options: LegacyOptions): Promise<void>;
  /** The script's text. */
  script(): Promise<string>;
  /** Makes it another one. */
  edit(change: (text: string) => string): Promise<void>;
  /** Of the archive: what no file, argument or environment may hold. */
  dataKey(): string;
  /** The same, encrypted, as it is stored. */
  keyMessage(): Uint8Array;
  run(args: readonly string[], how?: How): Promise<Ended>;
  /** Runs it on a terminal of its own, by a shell or a command before its name, and answers there; stdout is all that was to be seen. */
  runOnTerminal(
    args: readonly string[],
    how: string | (TypeOptions & { readonly command: readonly string[] }),
    ...answers: readonly string[]
  ): Promise<{ readonly stdout: string; readonly status: number | null }>;
  /** What tar has said so far in the run that is at work. */
  tarSaid(): Promise<string>;
  /** Of all parts of the member index. */
  storedIndexBytes(): Promise<number>;
  /** @throws where the script left a temporary file, or a program that goes on without it */
  nothingIsLeft(): Promise<void>;
  /** Leaves so much of the script. */
  cutScript(part: number): Promise<void>;
  tarNames(file: string, stdin?: Buffer): Promise<string[]>;
  startAfresh(): Promise<void>;
  tearDown(): Promise<void>;
}

type ScriptChanges = Partial<RestoreInput> & {
  readonly origin?: string;
  /** As if nobody had verified the archive's signature. */
  readonly unverified?: boolean;
  /** Swaps the first two chunks. */
  readonly reorder?: boolean;
};

export interface How {
  readonly shell?: string;
  /** The only one on the PATH. */
  readonly downloader?: "curl" | "wget";
  /** Programs that are not on the PATH. */
  readonly hidden?: readonly string[];
  /** Programs that come first on the PATH, by their text. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly interruptWhen?: () => boolean;
  readonly readsInPart?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export async function setUpBench(): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), "restore-script-"));
  const [tree, folder, temporary] = [
    join(root, "tree"),
    join(root, "work"),
    join(root, "temporary"),
  ];
  const passphraseFile = join(root, "passphrase");
  const script = join(folder, "restore.sh");
  await makeTree(tree);
  await writeFile(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
  const server = await startFaultServer(root);
  const archives = new Map<string, Promise<StoredArchive>>();
  const paths = new Map<string, Promise<string>>();
  let dataKey = "";
  let keyMessage = new Uint8Array();

  return {
    server,
    tree,
    folder,
    temporary,
    passphraseFile,
    path: (name) => join(folder, name),
    async archive(options, changes) {
      const key = JSON.stringify(options) + String(options.forgeSums) + String(options.forgeIndex);
      const archive = memo(archives, key, async (number) => {
        return await storedArchive(join(root, `archive ${number}`), options.tree ?? tree, options);
      });
      await writeScript(await archive, changes);
    },
    async archiveAsLegacy(options) {
      const archive = memo(archives, `legacy ${JSON.stringify(options)}`, async (number) => {
        return await legacyArchive(join(root, `archive ${number}`), tree, options);
      });
      await writeScript(await archive);
    },
    script: async () => await readFile(script, "utf8"),
    async edit(change) {
      await writeFile(script, change(await readFile(script, "utf8")));
    },
    dataKey: () => dataKey,
    keyMessage: () => keyMessage,
    async run(args, how = {}) {
      const { downloader, hidden, programs, shell = "sh", ...rest } = how;
      const other = downloader === "curl" ? "wget" : "curl";
      const without = [...(downloader ? [other] : []), ...(hidden ?? [])];
      const path = memo(paths, JSON.stringify([without, programs]), async (number) => {
        return await programsIn(join(root, `programs ${number}`), without, programs);
      });
      const env = { TMPDIR: temporary, ...rest.env };
      return await runScript(script, args, { ...rest, shell, path: await path, cwd: folder, env });
    },
    async runOnTerminal(args, how, ...answers) {
      const { command, ...options } = typeof how === "string" ? { command: how.split(" ") } : how;
      return await typeInto([...command, script, ...args], answers, folder, temporary, options);
    },
    async tarSaid() {
      const scratches = await readdir(temporary);
      const said = scratches.map((name) => textOf(join(temporary, name, "tar.said")));
      return (await Promise.all(said)).join("");
    },
    async storedIndexBytes() {
      const names = await readdir(server.folder);
      const parts = names.filter((name) => name.startsWith("members."));
      const sizes = parts.map(async (name) => (await stat(join(server.folder, name))).size);
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    },
    async nothingIsLeft() {
      const left = await readdir(temporary);
      if (left.length > 0) throw new Error(`Temporary files were left: ${left.join(", ")}`);
      // Of a pipe that a signal has met, one program may still be about to see its end. Half of what curl waits for a store.
      for (const deadline = Date.now() + 30_000; ; await sleep(10)) {
        const programs = await programsWith(`TMPDIR=${temporary}`);
        if (programs.length === 0) return;
        if (Date.now() > deadline)
          throw new Error(`Programs go on: ${programs.map((words) => words.join(" ")).join(", ")}`);
      }
    },
    async cutScript(part) {
      const text = await readFile(script, "utf8");
      await truncate(script, Math.floor(Buffer.byteLength(text) * part));
    },
    async tarNames(file, stdin = Buffer.alloc(0)) {
      const listing = promisify(execFile)("tar", ["-tf", file], { cwd: folder });
      // tar may end before it has read all; its own answer is what counts.
      listing.child.stdin?.on("error", () => {}).end(stdin);
      return (await listing).stdout.split("\n");
    },
    async startAfresh() {
      server.faults.clear();
      server.requests.length = 0;
      server.resumed.length = 0;
      server.connections.clear();
      for (const directory of [folder, temporary]) {
        await rm(directory, { recursive: true, force: true });
        await mkdir(directory);
      }
    },
    async tearDown() {
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };

  async function writeScript(
    { stored, dataKey: itsKey = "", input }: StoredArchive,
    { origin = server.origin, reorder = false, unverified = false, ...changes }: ScriptChanges = {},
  ): Promise<void> {
    server.folder = stored;
    dataKey = itsKey;
    const { verified, ...right } = input(origin);
    const trust = unverified || verified === undefined ? {} : { verified };
    keyMessage = Uint8Array.from(right.dataKey ?? []);
    const [first, second, ...others] = right.chunks;
    const chunks = reorder && first && second ? [second, first, ...others] : right.chunks;
    await writeFile(script, restoreScript({ ...right, ...trust, chunks, ...changes }), {
      mode: 0o600,
    });
  }
}

/** Made once for each key; each gets a number of its own. */
function memo<Value>(
  made: Map<string, Promise<Value>>,
  key: string,
  make: (number: number) => Promise<Value>,
): Promise<Value> {
  const known = made.get(key) ?? make(made.size);
  made.set(key, known);
  return known;
}

/** Of all processes that have it in their environment, the command lines, but for those that end by themselves, soon. */
async function programsWith(variable: string): Promise<string[][]> {
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    processes.map(async (process) => {
      const environment = await textOf(`/proc/${process}/environ`);
      if (!environment.split("\0").includes(variable)) return [];
      return (await textOf(`/proc/${process}/cmdline`)).split("\0").slice(0, -1);
    }),
  );
  return commands.filter(([program]) => program !== undefined && !SOON_ENDED.test(program));
}

/** What a guard waits by, and the agent that gpg starts, which ends when its directory is gone. */
const SOON_ENDED = /(^|\/)(sleep|gpg-agent)$/;

/** Empty where there is none, as of a process that has ended. */
async function textOf(file: string): Promise<string> {
  return await readFile(file, "latin1").catch(() => "");
}
