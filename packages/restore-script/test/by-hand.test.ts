import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import { ATTEMPT } from "./stored-archive.ts";

/** What docs/restore.md says to type where there is no script. */
let [wholeArchive, lostChunk]: (string | undefined)[] = [];
/** So many that most of them lie before or behind whichever chunk is lost. */
const FILES = 40;
/** Bytes; no multiple of a tar's blocks. */
const CHUNK = 100_100;
// By their names the small files come first; a disk's own order might put those of etc into the lost chunk, too.
const bench = await benchForTests({ ...GZIP, chunkSize: CHUNK, tarOptions: "--sort=name" });

beforeAll(async () => {
  for (let file = 0; file < FILES; file++) {
    await writeFile(join(bench.tree, `a small ${file}`), randomBytes(20_000));
  }
  const page = await readFile(new URL("../../../docs/restore.md", import.meta.url), "utf8");
  [wholeArchive, lostChunk] = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text);
});
beforeEach(async () => {
  // As an S3 client leaves them.
  for (const name of await readdir(bench.server.folder)) {
    const [attempt = ""] = name.split(".");
    const to = name.startsWith("SHA256SUMS") ? "archive" : `chunks/${attempt}`;
    await mkdir(bench.path(to), { recursive: true });
    await cp(join(bench.server.folder, name), bench.path(`${to}/${name}`));
  }
  await writeFile(bench.path("archive/KEY.1.gpg"), bench.keyMessage());
  await cp(bench.passphraseFile, bench.path("passphrase"));
});

test("an archive is restored by hand, by what the page says to type", async () => {
  expect(await type(wholeArchive ?? "")).toBe(
    `# gandalf 7 ${ATTEMPT} manifest ${createHash("sha256").update("manifest").digest("hex")}\n`,
  );
  expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
});

test("a chunk that is not what was archived is found by hand, too", async () => {
  const name = `${ATTEMPT}/${ATTEMPT}.00000003.gz.gpg`;
  await writeFile(bench.path(`chunks/${name}`), "spoiled");
  const said = await type(wholeArchive ?? "");
  expect(said).toContain(`${name}: FAILED`);
  expect(said).toContain(`FAILED: ${name}`);
});

test("what is before and behind a lost chunk is saved by hand", async () => {
  const [, lost = ""] = /^lost=(\S+)$/m.exec(lostChunk ?? "") ?? [];
  await rm(bench.path(`chunks/${lost}`));
  const behind = (lostChunk ?? "").replace(/^offset=\d+$/m, `offset=${2 * CHUNK}`);
  const preparation = (wholeArchive ?? "").slice(0, wholeArchive?.indexOf("(cd chunks"));
  await type(`${preparation}\nmkdir saved\n${behind}`);
  const saved = await contentsIn(bench.path("saved"));
  const archived = await contentsIn(bench.tree);
  const whole = [...archived].filter(([name, bytes]) => saved.get(name)?.equals(bytes) === true);
  // A chunk of 100,100 bytes holds five of them, and cuts one at each end.
  expect(whole.length).toBeGreaterThanOrEqual(archived.size - 7);
  expect(whole.length).toBeLessThan(archived.size);
});

/** All that is said. */
async function type(commands: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)("sh", ["-c", commands], {
    cwd: bench.folder,
  }).catch((error: unknown) => {
    if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
    return { stdout: String(error.stdout), stderr: String(error.stderr) };
  });
  return stdout + stderr;
}

async function contentsIn(folder: string): Promise<Map<string, Buffer>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(folder.length), await readFile(path)] as const;
      }),
    ),
  );
}
