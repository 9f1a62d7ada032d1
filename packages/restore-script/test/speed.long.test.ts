import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { runScript } from "./run-script.ts";

/** Of the tree, twice so many bytes. */
const HALF = 512 * 1024 * 1024;
const FILES = 64;
const RUNS = 5;
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
 * The script against the same chunks, gpg, decompressor and tar in a bare loop, run in turns: with
 * the chunks kept by --download, as the loop has them, and fetched from a server of files.
 * TMPDIR chooses the disk.
 */
describe.each([
  ["gzip", { compression: { name: "gzip", suffix: ".gz" } }],
  ["no compression", {}],
])("With %s", (name, compression) => {
  test("a restore of 1 GiB takes not much longer than a bare loop of gpg and tar", async () => {
    const times = await raceOf(compression);
    const [loop, kept, fetched] = [times.loop, times.kept, times.fetched].map(median);
    if (loop === undefined || kept === undefined || fetched === undefined) throw new Error();
    tell(`${name}: loop ${loop.toFixed(2)} s`);
    tell(`${name}: kept chunks ${kept.toFixed(2)} s, ${(kept / loop).toFixed(2)} times the loop`);
    tell(`${name}: fetched ${fetched.toFixed(2)} s, ${(fetched / loop).toFixed(2)} times the loop`);
    tell(`${name}: peak of scratch space ${times.scratch} bytes, largest chunk ${times.largest}`);
    expect(times.scratch).toBeLessThan(2 * times.largest + 1_000_000);
    // The aim is 1.15, which a machine that others use may miss by chance.
    expect(kept / loop).toBeLessThan(1.6);
  });
});

interface Race {
  readonly loop: number[];
  readonly kept: number[];
  readonly fetched: number[];
  readonly scratch: number;
  readonly largest: number;
}

async function raceOf(compression: Parameters<Bench["archive"]>[0]): Promise<Race> {
  const options = { ...compression, chunkSize: 67_108_864, s2kCount: 16_777_216 };
  const port = 18_000 + Math.floor(Math.random() * 1000);
  const address = `127.0.0.1:${port}`;
  await bench.archive(options, { origin: `http://${address}` });
  await cp(bench.server.folder, bench.path("chunks"), { recursive: true });
  await writeFile(bench.path("loop.sh"), loopOf(options));
  const server = spawn("busybox", ["httpd", "-f", "-p", address, "-h", bench.server.folder]);
  const [loop, kept, fetched]: [number[], number[], number[]] = [[], [], []];
  const secret = ["--passphrase-file", bench.passphraseFile];
  const scratch = watchScratch(bench.temporary);
  try {
    for (let turn = 0; turn < RUNS; turn++) {
      await mkdir(bench.path("bare"));
      loop.push(await timed("loop.sh", [bench.passphraseFile, "chunks", "bare"]));
      kept.push(await timed("restore.sh", [...secret, "--download", "chunks", "kept"]));
      fetched.push(await timed("restore.sh", [...secret, "fetched"]));
      for (const tree of ["bare", "kept", "fetched"])
        await rm(bench.path(tree), { recursive: true });
    }
  } finally {
    server.kill();
  }
  const sizes = (await readdir(bench.server.folder)).map(
    async (file) => (await stat(join(bench.server.folder, file))).size,
  );
  return {
    loop,
    kept,
    fetched,
    scratch: scratch.stop(),
    largest: Math.max(...(await Promise.all(sizes))),
  };
}

function loopOf({ compression }: Parameters<Bench["archive"]>[0]): string {
  const decompress = compression === undefined ? "" : ` | ${compression.name} -d`;
  return `for f in "$2"/*.tar.*; do
  gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 3 -d "$f" 3<"$1"
done${decompress} | tar -xpf - -C "$3"
`;
}

/** In seconds. */
async function timed(script: string, args: readonly string[]): Promise<number> {
  const begin = performance.now();
  const env = { TMPDIR: bench.temporary, GNUPGHOME: bench.temporary };
  const ended = await runScript(script, args, { shell: "dash", cwd: bench.folder, env });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return (performance.now() - begin) / 1000;
}

/** The most bytes of files in the folder that were there at once. */
function watchScratch(folder: string): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    void bytesIn(folder).then((bytes) => (peak = Math.max(peak, bytes)));
  }, 20);
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

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
