import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ForwardProxy, startProxy } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";

const MIB = 1024 * 1024;
/** Of the archive; less to try it out. */
const SIZE = Number(process.env["RESTORE_MEMBERS_MB"] ?? 2048) * MIB;
const FILES = SIZE / MIB;
/** Of each file: with its header, two fill a chunk. */
const BYTES = MIB - 512;
const CHUNK = 2 * MIB;
/** What a stored chunk takes more than the tar has, since noise does not shrink. */
const OVERHEAD = 4096;
let bench: Bench;
let tree: string;
let proxy: ForwardProxy;

beforeAll(async () => {
  bench = await setUpBench();
  tree = await mkdtemp(join(tmpdir(), "large-tree-"));
  for (let file = 0; file < FILES; file++)
    await writeFile(join(tree, nameOf(file)), randomBytes(BYTES));
  await bench.startAfresh();
  await bench.archive({
    compression: { name: "gzip", suffix: ".gz" },
    chunkSize: CHUNK,
    index: true,
    tarOptions: "--sort=name",
    tree,
  });
});
afterAll(async () => {
  await bench.tearDown();
  await rm(tree, { recursive: true });
});

function nameOf(file: number): string {
  return `file-${String(file).padStart(5, "0")}`;
}

test.each([
  ["--list", ["--list"], undefined],
  ["the first file", ["first", nameOf(0)], 0],
  ["the file in the middle", ["middle", nameOf(FILES / 2)], FILES / 2],
  ["the last file", ["last", nameOf(FILES - 1)], FILES - 1],
])("of a large archive, %s needs the index and its chunks", async (what, args, file) => {
  proxy = await startProxy();
  try {
    const begin = performance.now();
    const secret = ["--passphrase-file", bench.passphraseFile];
    const ended = await bench.run([...secret, ...args], { env: { http_proxy: proxy.address } });
    const seconds = (performance.now() - begin) / 1000;
    expect(ended).toMatchObject({ status: 0 });
    const fetched = proxy.requests.filter((request) => request.startsWith("GET "));
    process.stderr.write(
      `${what}: ${fetched.length} requests, ${proxy.answered()} bytes, ${seconds.toFixed(1)} s\n`,
    );
    // The sums, two parts of the index, and at most two chunks.
    const chunks = fetched.filter((request) => request.includes("/chunks/"));
    expect(fetched.length - chunks.length).toBe(3);
    expect(chunks.length).toBeLessThanOrEqual(file === undefined ? 0 : 2);
    const small = proxy.answered() - chunks.length * (CHUNK + OVERHEAD);
    expect(small).toBeLessThan(SIZE / 1000);
    if (file === undefined) return;
    const path = bench.path(join(args[0] ?? "", nameOf(file)));
    expect((await readFile(path)).equals(await readFile(join(tree, nameOf(file))))).toBe(true);
  } finally {
    await proxy.stop();
  }
});
