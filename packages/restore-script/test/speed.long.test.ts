import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { runScript } from "./run-script.ts";
import type { ArchiveOptions } from "./stored-archive.ts";

/** Of the tree, twice so many bytes; less to try it out. */
const HALF = Number(process.env["RESTORE_SPEED_MB"] ?? 1024) * 1024 * 1024;
const FILES = 64;
const RUNS = 3;
const MIB = 1024 * 1024;
/** What the script may have of files at once, with its own small ones. */
const ROOM = 256_000_000 + 20_000_000;
let bench: Bench;

beforeAll(async () => {
  bench = await setUpBench();
  const bytes = HALF / FILES;
  for (let file = 0; file < FILES; file++) {
    await writeFile(join(bench.tree, `noise ${file}`), randomBytes(bytes));
    const text = randomBytes((bytes / 4) * 3).toString("base64");
    await writeFile(join(bench.tree, `text ${file}`), text);
  }
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

/**
 * The script against a bare loop of gpg, decompressor and tar over chunks of 64 MiB that gpg itself wrote, in turns:
 * with the chunks kept by --download, as the loop has them, and fetched from a server of files, which
 * the loop does without. TMPDIR chooses the disk.
 */
describe.each([
  ["no compression", {}],
  ["gzip", { compression: { name: "gzip", suffix: ".gz" } }],
])("With %s", (name, compression) => {
  test.each([2, 32])("a restore of 2 GiB in chunks of %d MiB", async (size) => {
    const race = await raceOf({ ...compression, chunkSize: size * MIB });
    const title = `${name}, ${size} MiB`;
    print(`${title}: loop ${median(race.loop, inSeconds).toFixed(2)} s`);
    print(`${title}: loop ${median(race.loop, ofProcessors).toFixed(2)} s of processors`);
    const kept = printRatios(`${title}: kept chunks`, race.kept, race.loop);
    printRatios(`${title}: fetched`, race.fetched, race.loop);
    print(`${title}: peak of scratch space ${race.scratch} bytes`);
    expect(race.scratch).toBeLessThan(ROOM);
    // The aims are 1.0 and 0.6 on idle processors.
    expect(kept).toBeLessThan(1.5);
  });
});

/** One run: by the clock, and of the processors. */
interface Taken {
  readonly seconds: number;
  readonly processors: number;
}

interface Race {
  readonly loop: Taken[];
  readonly kept: Taken[];
  readonly fetched: Taken[];
  readonly scratch: number;
}

/** The median of the ratios, each of one turn: what others do on the machine meets both alike. */
function printRatios(what: string, runs: readonly Taken[], loops: readonly Taken[]): number {
  const ratios = runs.map(({ seconds, processors }, turn) => ({
    seconds: seconds / (loops[turn]?.seconds ?? Number.NaN),
    processors: processors / (loops[turn]?.processors ?? Number.NaN),
  }));
  const times = median(ratios, inSeconds);
  print(`${what} ${median(runs, inSeconds).toFixed(2)} s, ${times.toFixed(2)} times the loop`);
  print(
    `${what} ${median(runs, ofProcessors).toFixed(2)} s of processors, ${median(ratios, ofProcessors).toFixed(2)} times`,
  );
  return times;
}

async function raceOf(options: ArchiveOptions): Promise<Race> {
  const address = `127.0.0.1:${18_000 + Math.floor(Math.random() * 1000)}`;
  await bench.archive(options, {
    urls: { base: `http://${address}/`, query: "" },
    sums: { url: `http://${address}/SHA256SUMS.gpg` },
  });
  // A server of files knows no folders here.
  await bench.edit((text) => text.replaceAll(/:chunks\/gandalf\/[^/ ]+\//g, ":"));
  await cp(bench.server.folder, bench.path("chunks"), { recursive: true });
  await encryptByGpg(options);
  await writeFile(bench.path("loop.sh"), loopOf(options));
  const server = spawn("busybox", ["httpd", "-f", "-p", address, "-h", bench.server.folder]);
  try {
    return await runInTurns(server);
  } finally {
    server.kill();
  }
}

async function runInTurns(server: ChildProcess): Promise<Race> {
  const [loop, kept, fetched]: [Taken[], Taken[], Taken[]] = [[], [], []];
  const secret = ["--passphrase-file", bench.passphraseFile];
  const scratch = watchScratch(bench.temporary);
  for (let turn = 0; turn < RUNS && server.exitCode === null; turn++) {
    await mkdir(bench.path("bare"));
    loop.push(await timed("loop.sh", [bench.passphraseFile, "by-gpg", "bare"]));
    kept.push(await timed("restore.sh", [...secret, "--download", "chunks", "kept"]));
    fetched.push(await timed("restore.sh", [...secret, "fetched"]));
    for (const tree of ["bare", "kept", "fetched"]) await rm(bench.path(tree), { recursive: true });
  }
  return { loop, kept, fetched, scratch: scratch.stop() };
}

/** By gpg's own key derivation, as a loop in the shell writes chunks. */
async function encryptByGpg({ compression }: ArchiveOptions): Promise<void> {
  await mkdir(bench.path("by-gpg"));
  const gpg =
    'gpg --batch --quiet --pinentry-mode loopback --passphrase-file "$PASS" --compress-algo none -c';
  const filter = `${compression === undefined ? "" : `${compression.name} |`} ${gpg} >by-gpg/$FILE`;
  const command = 'tar -C "$1" -cf - . | split -b 64M --filter="$2"';
  await promisify(execFile)("sh", ["-ec", command, "sh", bench.tree, filter], {
    cwd: bench.folder,
    env: { ...process.env, PASS: bench.passphraseFile },
  });
}

function loopOf({ compression }: ArchiveOptions): string {
  const decompress = compression === undefined ? "" : ` | ${compression.name} -d`;
  return `for f in "$2"/*; do
  gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 3 -d "$f" 3<"$1"
done${decompress} | tar -xpf - -C "$3"
`;
}

/** The shell around it prints at the end what it and all its children took of the processors. */
async function timed(script: string, args: readonly string[]): Promise<Taken> {
  const around = bench.path("times.sh");
  await writeFile(around, 'dash "$@"; ended=$?; times >&2; exit "$ended"\n');
  const begin = performance.now();
  const env = { TMPDIR: bench.temporary, GNUPGHOME: bench.temporary };
  const ended = await runScript(around, [script, ...args], {
    shell: "dash",
    cwd: bench.folder,
    env,
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  const processors = [...ended.lastLine.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds))
    .reduce((sum, seconds) => sum + seconds, 0);
  return { seconds: (performance.now() - begin) / 1000, processors };
}

/** The most bytes of files in the folder that were there at once. */
function watchScratch(folder: string): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    void bytesIn(folder).then((bytes) => (peak = Math.max(peak, bytes)));
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map(async (name) => {
    const found = await stat(join(folder, name)).catch(() => undefined);
    return found?.isFile() === true ? found.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function median<Value>(values: readonly Value[], of: (value: Value) => number): number {
  const sorted = values.map(of).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function inSeconds({ seconds }: Taken): number {
  return seconds;
}

function ofProcessors({ processors }: Taken): number {
  return processors;
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}
