import { execFile, spawn } from "node:child_process";
import { link, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TarCount, TarMembers } from "../../src/tar/tar-members.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tar-members-"));
  const tree = join(folder, "tree");
  const long = join(tree, "d".repeat(120), "e".repeat(150));
  await mkdir(long, { recursive: true });
  await writeFile(join(tree, "a"), "a".repeat(1000));
  await writeFile(join(tree, "empty"), "");
  await writeFile(join(long, "f".repeat(200)), "long");
  await symlink("s".repeat(300), join(tree, "symlink"));
  await link(join(tree, "a"), join(tree, "hard link"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** The tree by GNU tar, in one of its formats. */
async function tarOf(format: string, ...more: string[]): Promise<Buffer> {
  const args = ["--create", `--format=${format}`, ...more, "--file=-", "."];
  const options = { cwd: join(folder, "tree"), encoding: "buffer", maxBuffer: 1e8 } as const;
  return (await promisify(execFile)("tar", args, options)).stdout;
}

async function count(tar: Uint8Array, pieces: readonly number[] = []): Promise<TarCount> {
  const members = new TarMembers();
  const watched: Uint8Array[] = [];
  for await (const piece of members.watch(cut(tar, pieces))) watched.push(Buffer.from(piece));
  expect(Buffer.concat(watched).equals(tar)).toBe(true);
  return members.count();
}

/** In pieces of these lengths again and again, each in the same memory. */
async function* cut(tar: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(65_536);
  for (let at = 0, turn = 0; at < tar.length; turn++) {
    const length = Math.min(lengths[turn % lengths.length] ?? 65_536, tar.length - at);
    memory.set(tar.subarray(at, at + length));
    yield memory.subarray(0, length);
    at += length;
  }
}

const TREE = { files: 5, hardLinks: 1, bytes: 1004, ended: true, damagedAt: undefined };

describe("TarMembers", () => {
  test.each(["gnu", "pax"])(
    "counts what is no folder in a %s tar with long names",
    async (format) => {
      expect(await count(await tarOf(format))).toEqual(TREE);
    },
  );

  test("counts the same however the stream is cut", async () => {
    const tar = await tarOf("pax");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 9 }),
        async (lengths) => {
          expect(await count(tar, lengths)).toEqual(TREE);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("follows a size that only the pax header has room for", async () => {
    const tree = join(folder, "large");
    await mkdir(tree);
    await writeFile(join(tree, "sparse"), "");
    await truncate(join(tree, "sparse"), 9_000_000_000);
    const args = ["--create", "--format=pax", "--file=-", "-C", tree, "sparse"];
    const child = spawn("tar", args, { stdio: ["ignore", "pipe", "ignore"] });
    const members = new TarMembers();
    let seen = 0;
    for await (const piece of members.watch(child.stdout)) {
      seen += piece.length;
      if (seen > 200_000) break;
    }
    child.kill();
    expect(members.count()).toMatchObject({ files: 1, bytes: 9_000_000_000, damagedAt: undefined });
  });

  // GNU tar and BackupPC_tarCreate cut the name that stands in the header itself there.
  test.each(["gnu", "pax", "ustar"])(
    "reads on behind a file whose long name has a slash as its 99th or 100th character (%s)",
    async (format) => {
      const tree = join(folder, `slash ${format}`);
      for (const length of [97, 98, 99]) {
        const deep = join(tree, "d".repeat(length - 2));
        await mkdir(deep, { recursive: true });
        await writeFile(join(deep, "e".repeat(60)), "x".repeat(1500));
      }
      const options = { cwd: tree, encoding: "buffer", maxBuffer: 1e8 } as const;
      const args = ["--create", `--format=${format}`, "--file=-", "."];
      const { stdout } = await promisify(execFile)("tar", args, options);
      expect(await count(stdout)).toMatchObject({ files: 3, bytes: 4500, damagedAt: undefined });
    },
  );

  test("misses the end of a tar that was cut, wherever", async () => {
    const tar = await tarOf("gnu", "--blocking-factor=1");
    for (const length of [0, 512, 700, tar.length - 1024, tar.length - 512]) {
      expect(await count(tar.subarray(0, length))).toMatchObject({ ended: false });
    }
  });

  test("tells where a stream stops being a tar", async () => {
    const tar = await tarOf("gnu");
    expect(
      await count(Buffer.concat([tar.subarray(0, 512), Buffer.alloc(5000, "x")])),
    ).toMatchObject({
      damagedAt: 512,
    });
  });
});
