import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { type Bench, setUpBench } from "./bench.ts";

/** What docs/restore.md tells to type where there is no script. */
let [wholeArchive, lostChunk]: (string | undefined)[] = [];
let bench: Bench;
/** So many that most of them lie before or behind whichever chunk is lost. */
const FILES = 40;

beforeAll(async () => {
  bench = await setUpBench();
  for (let file = 0; file < FILES; file++) {
    await writeFile(join(bench.tree, `small ${file}`), randomBytes(20_000));
  }
  const page = await readFile(new URL("../../../docs/restore.md", import.meta.url), "utf8");
  [wholeArchive, lostChunk] = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text);
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
  await bench.archive({ compression: { name: "gzip", suffix: ".gz" } });
  await cp(bench.server.folder, bench.path("chunks"), { recursive: true });
  await cp(bench.passphraseFile, bench.path("passphrase"));
});

test("an archive is restored by hand, by what the page tells to type", async () => {
  expect(await type(wholeArchive ?? "")).toBe("");
  expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
});

test("a chunk that is not what was archived is told by hand, too", async () => {
  await writeFile(bench.path("chunks/gandalf.7.tar.00000003.gz.gpg"), "spoiled");
  const said = await type(wholeArchive ?? "");
  expect(said).toMatch(/gandalf\.7\.tar\.00000003\.gz\.gpg: FAILED/);
  expect(said).toMatch(/FAILED: gandalf\.7\.tar\.00000003\.gz\.gpg/);
});

test("what lies before and behind a lost chunk is saved by hand", async () => {
  await rm(bench.path("chunks/gandalf.7.tar.00000002.gz.gpg"));
  const [unseal = ""] = /^unseal\(\).*\n/m.exec(wholeArchive ?? "") ?? [];
  await type(`cd chunks; mkdir ../saved\n${unseal}${lostChunk ?? ""}`);
  const saved = await contentsIn(bench.path("saved"));
  const archived = await contentsIn(bench.tree);
  const whole = [...archived].filter(([name, bytes]) => saved.get(name)?.equals(bytes) === true);
  // A chunk of 100,000 bytes holds five of them, and cuts one at each end.
  expect(whole.length).toBeGreaterThanOrEqual(archived.size - 7);
  expect(whole.length).toBeLessThan(archived.size);
});

/** All that is told. */
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
