import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holdSealed } from "../../src/pipeline/hold-sealed.ts";
import { BlockPool } from "../../src/pipeline/block-pool.ts";
import { unsealed } from "../../src/pipeline/unsealed.ts";

const never = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spool-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(100).fill(index);
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

function roomIn(pool: BlockPool): number {
  let room = 0;
  while (pool.held.take()) room++;
  pool.held.giveBack(room);
  return room;
}

describe("holdSealed", () => {
  test.each([
    ["memory", 10, 0],
    ["the spool", 4, 1],
  ])("holds a chunk in %s, to be read as often as needed", async (_, room, files) => {
    const pool = new BlockPool({ plain: 1, held: room });
    const held = await holdSealed(unsealed.seal(pieces(10)), pool, join(folder, "1.sealed"), never);
    const expected = await collect(pieces(10));
    expect(await readdir(folder)).toHaveLength(files);
    for (const _attempt of [1, 2]) expect(await collect(held.body.open())).toEqual(expected);
    expect(held.body.length).toBe(1000);
    expect(held.body.sha256).toBe(createHash("sha256").update(expected).digest("hex"));
    await held.release();
    expect(await readdir(folder)).toEqual([]);
    expect(roomIn(pool)).toBe(room);
  });

  test("waits for a chunk that is being stored rather than write to the spool", async () => {
    const pool = new BlockPool({ plain: 1, held: 12 });
    const first = await holdSealed(
      unsealed.seal(pieces(10)),
      pool,
      join(folder, "1.sealed"),
      never,
    );
    const second = holdSealed(unsealed.seal(pieces(10)), pool, join(folder, "2.sealed"), never);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await first.release();
    expect(await collect((await second).body.open())).toEqual(await collect(pieces(10)));
    expect(await readdir(folder)).toEqual([]);
  });

  test("lets nobody else read the spool", async () => {
    const file = join(folder, "1.sealed");
    await holdSealed(unsealed.seal(pieces(2)), new BlockPool({ plain: 1, held: 1 }), file, never);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("says where the spool could not be written", async () => {
    const file = join(folder, "missing", "1.sealed");
    await expect(
      holdSealed(unsealed.seal(pieces(2)), new BlockPool({ plain: 1, held: 1 }), file, never),
    ).rejects.toMatchObject({ code: "spool-failed", message: expect.stringContaining(file) });
  });
});
