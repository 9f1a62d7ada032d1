import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ChunkIndex } from "../../src/index/chunk-index.ts";
import { chunk, header } from "./header.ts";

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chunk-index-"));
  file = join(folder, "web.index");
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function readAgain(): Promise<ChunkIndex> {
  const found = await ChunkIndex.read(folder, "web");
  if (found === undefined || "why" in found) throw new Error(found?.why ?? "no index");
  return found.index;
}

function digests(index: ChunkIndex): string[] {
  return [...index.chunks()].map(({ digest }) => digest).toSorted();
}

describe("ChunkIndex", () => {
  test("knows a chunk again after it was closed, or killed", async () => {
    expect(await ChunkIndex.read(folder, "web")).toBeUndefined();
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1));
    await index.add(chunk(2));
    // No close: as if it had been killed.
    const again = await readAgain();
    expect(again.header).toEqual(header());
    expect(again.find(chunk(1).digest)).toEqual(chunk(1));
    await again.add(chunk(3));
    await again.close();
    await index.close();
    expect(digests(await readAgain())).toEqual([1, 2, 3].map((number) => chunk(number).digest));
  });

  test("is nobody else's to read, and all that it leaves is one file", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1));
    await index.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["web.index"]);
  });

  test("drops a line that was torn, and goes on behind it", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1));
    await index.close();
    await appendFile(file, "0123456789abcdef [torn");
    const again = await readAgain();
    await again.add(chunk(2));
    await again.add(chunk(3));
    await again.close();
    expect(digests(await readAgain())).toEqual([1, 2, 3].map((number) => chunk(number).digest));
  });

  test("says why a damaged one is not believed", async () => {
    await writeFile(file, "garbage");
    expect(await ChunkIndex.read(folder, "web")).toEqual({ why: "the chunk index is damaged" });
  });

  test("learns holds, and forgets what no run may reuse any more", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1, { holdUntil: NOW + 5 * DAY }));
    await index.add(chunk(2, { holdUntil: NOW + 5 * DAY }));
    await index.add(chunk(3, { stored: NOW - 3 * DAY }));
    await index.add(chunk(4, { stored: NOW - DAY }));
    await index.hold([chunk(1).digest], NOW + 23 * DAY, NOW);
    const again = await readAgain();
    expect(digests(again)).toEqual([chunk(1).digest, chunk(4).digest]);
    expect(again.find(chunk(1).digest)?.holdUntil).toBe(NOW + 23 * DAY);
    expect((await readFile(file, "utf8")).split("\n")).toHaveLength(4);
  });

  test("holds nothing that it does not know", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1));
    await index.hold([chunk(1).digest, chunk(2).digest], NOW + 23 * DAY, NOW);
    expect(digests(await readAgain())).toEqual([chunk(1).digest]);
  });

  test("never shortens a hold", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1, { holdUntil: NOW + 23 * DAY }));
    await index.hold([chunk(1).digest], NOW + 20 * DAY, NOW);
    expect((await readAgain()).find(chunk(1).digest)?.holdUntil).toBe(NOW + 23 * DAY);
  });

  test("strikes damaged chunks by name", async () => {
    const index = await ChunkIndex.begin(folder, header());
    for (const number of [1, 2, 3]) await index.add(chunk(number));
    expect(await index.strike([chunk(1).name, chunk(3).name, "unknown"])).toBe(2);
    const again = await readAgain();
    expect(digests(again)).toEqual([chunk(2).digest]);
    expect(again.header.canary).toEqual(header().canary);
    expect(await again.strike(["unknown"])).toBe(0);
  });

  test("goes on being written after it was replaced", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await index.add(chunk(1));
    await index.update({ mean: 4_194_304 });
    await index.add(chunk(2));
    await index.close();
    const again = await readAgain();
    expect(again.header.mean).toBe(4_194_304);
    expect(digests(again)).toHaveLength(2);
  });

  test("takes many at the same time", async () => {
    const index = await ChunkIndex.begin(folder, header());
    const numbers = Array.from({ length: 100 }, (_, number) => number + 1);
    await Promise.all(numbers.map((number) => index.add(chunk(number))));
    await index.close();
    expect(digests(await readAgain())).toHaveLength(100);
  });

  test("fails where it can't be written", async () => {
    const index = await ChunkIndex.begin(folder, header());
    await rm(folder, { recursive: true });
    await expect(index.add(chunk(1))).rejects.toMatchObject({ code: "folder-unusable" });
  });
});
