import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { beforeAll, describe, expect, test } from "vitest";
import type { How } from "./bench.ts";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";

const ZEROS = { ...GZIP, chunkSize: 50_000 };
const bench = await benchForTests();

beforeAll(async () => {
  // Its chunks are all the same but the first and the last.
  await writeFile(join(bench.tree, "zeros"), Buffer.alloc(500_000));
});

describe.each([
  ["dash", "curl"],
  ["bash", "wget"],
] as const)("Under %s with %s", (shell, downloader) => {
  const restore = async (...args: string[]): Promise<Ended> =>
    await run({ shell, downloader }, ...args);

  test("chunks of several archives come in several batches, and all are in their order", async () => {
    await bench.archive(ZEROS);
    await useSmallBatches();
    for (const jobs of ["1", "3"]) {
      expect(await restore("--jobs", jobs, `restored ${jobs}`)).toMatchObject({ status: 0 });
      expect(await listTree(bench.path(`restored ${jobs}`))).toEqual(await listTree(bench.tree));
    }
    await bench.nothingIsLeft();
  });

  test("a chunk that stands in the tar more than once is fetched once a batch, or once with --download", async () => {
    await bench.archive(ZEROS);
    expect(await restore("restored")).toMatchObject({ status: 0 });
    expect(bench.server.requests.length).toBe(new Set(bench.server.requests).size);
    bench.server.requests.length = 0;
    await useSmallBatches();
    expect(await restore("--download", "chunks", "--force", "restored")).toMatchObject({
      status: 0,
    });
    expect(bench.server.requests.length).toBe(new Set(bench.server.requests).size);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("--verify holds each chunk against the digest of its plaintext", async () => {
    await bench.archive(ZEROS);
    await useSmallBatches();
    expect(await restore("--verify")).toMatchObject({ status: 0 });
  });

  test("a chunk that is lost in a later batch is named by its number, and the others are kept", async () => {
    await bench.archive(ZEROS);
    await useSmallBatches();
    bench.server.faults.set("17.gz.gpg", { faults: [{ status: 404 }], always: true });
    const ended = await restore("--download", "chunks");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /^restore\.sh: 1 of 19 chunks could not .* Chunk 17 of 19 .*404/,
    );
    bench.server.faults.clear();
    bench.server.requests.length = 0;
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
    expect(bench.server.requests.map((name) => name.slice(-9))).toEqual(["17.gz.gpg"]);
  });
});

test("curl fetches the chunks of a batch over one connection", async () => {
  await bench.archive(GZIP);
  expect(await run({ downloader: "curl" }, "restored")).toMatchObject({ status: 0 });
  expect(bench.server.requests.length).toBeGreaterThan(5);
  // One for the sums, one for all chunks.
  expect(bench.server.connections.size).toBe(2);
});

test("a curl that does not know --fail-early restores, too", async () => {
  await bench.archive(GZIP);
  const curl = `#!/bin/sh
case "$*" in
  --version) echo 'curl 7.29.0 (x86_64-redhat-linux-gnu)'; exit ;;
  *--fail-early*) echo 'curl: option --fail-early: is unknown' >&2; exit 2 ;;
esac
exec /usr/bin/curl "$@"
`;
  bench.server.faults.set("1.gz.gpg", { faults: [{ status: 500 }] });
  expect(await run({ downloader: "curl", programs: { curl } }, "restored")).toMatchObject({
    status: 0,
  });
});

test("one gpg runs for each batch, and one decompressor and one tar for all", async () => {
  await bench.archive(ZEROS);
  const programs = Object.fromEntries(
    ["gpg", "gzip", "tar"].map((name) => [name, noting(name, "$1")]),
  );
  const how: How = { programs, hidden: ["igzip", "pigz"] };
  expect(await run(how, "restored")).toMatchObject({ status: 0 });
  const lines = (await readFile(bench.path("ran"), "utf8")).split("\n");
  const ran = (start: string): number => lines.filter((line) => line.startsWith(start)).length;
  // 19 chunks, the sums and the data key.
  expect(ran("gpg --quiet")).toBe(3);
  expect(ran("gzip -dc")).toBe(1);
  expect(ran("tar")).toBe(3);
});

test("where gpg does not decrypt several files at once, it does one after the other", async () => {
  await bench.archive(ZEROS);
  const gpg = `#!/bin/sh
case "$*" in *--multifile*) echo 'gpg: no space left' >&2; exit 2 ;; esac
exec /usr/bin/gpg "$@"
`;
  expect(await run({ programs: { gpg } }, "restored")).toMatchObject({ status: 0 });
  expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
});

test("no plain chunk is left in the folder of --download, or in the temporary one", async () => {
  await bench.archive(ZEROS);
  const args = ["--download", "chunks", "restored"];
  expect(await run({}, ...args)).toMatchObject({ status: 0 });
  const names = await readdir(bench.path("chunks"));
  expect(names.filter((name) => !name.endsWith(".gpg"))).toEqual([]);
  await bench.nothingIsLeft();
});

test("the data key is in no argument, environment or file", async () => {
  await bench.archive(ZEROS);
  await useSmallBatches();
  const programs = Object.fromEntries(
    ["gpg", "tar", "gzip", "curl", "cat", "openssl", "awk"].map((name) => [
      name,
      noting(name, `$* $(env) $(! grep -rqsF ${bench.dataKey()} "$TMPDIR" || echo LEAKED)`),
    ]),
  );
  expect(await run({ programs }, "restored")).toMatchObject({ status: 0 });
  const seen = await readFile(bench.path("ran"), "utf8");
  expect(bench.dataKey()).toMatch(/^[0-9a-f]{64}$/);
  expect(seen.includes("GNUPGHOME=")).toBe(true);
  expect(seen.includes(bench.dataKey())).toBe(false);
  expect(seen.includes("LEAKED")).toBe(false);
});

test("a filter that is no known decompressor gets each chunk alone", async () => {
  const filter = `#!/bin/sh
echo started >>'${bench.path("ran")}'
exec gzip "$@"
`;
  await bench.archive(
    { ...ZEROS, compression: { name: "gzip", suffix: ".own" } },
    { compression: { name: "/opt/own-filter", suffix: ".own" }, filters: ["/opt/own-filter"] },
  );
  const programs = { "own-filter": filter };
  expect(await run({ programs }, "restored")).toMatchObject({ status: 0 });
  expect((await readFile(bench.path("ran"), "utf8")).trim().split("\n")).toHaveLength(19);
  expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
});

/** A program that notes what it was asked, and then is what it is called. */
function noting(name: string, what: string): string {
  return `#!/bin/sh\necho "${name} ${what}" >>'${bench.path("ran")}'\nexec /usr/bin/${name} "$@"\n`;
}

/** Of two or three chunks. */
async function useSmallBatches(): Promise<void> {
  await bench.edit((text) => text.replace(/^BATCH=\d+$/m, "BATCH=60000"));
}

async function run(how: How, ...args: string[]): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], how);
}
