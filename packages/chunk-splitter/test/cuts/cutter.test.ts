import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { END, member } from "../build-tar.ts";
import { type Cut, cut, MEAN, newChunks } from "../cut.ts";
import { type File, noise, tarOf, trees } from "../trees.ts";

/** What a night may do to a tree: at a place, one file. */
type Change = (files: readonly File[], at: number, file: File) => File[];

const CHANGES: Readonly<Record<string, Change>> = {
  changed: (files, at, { seed }) => files.map((file, i) => (i === at ? { ...file, seed } : file)),
  "changed in length": (files, at, { size, seed }) =>
    files.map((file, i) => (i === at ? { ...file, size, seed } : file)),
  added: (files, at, file) => [...files.slice(0, at), file, ...files.slice(at)],
  removed: (files, at) => files.filter((_, index) => index !== at),
  renamed: (files, at) => files.map((file, i) => (i === at ? { ...file, path: "./other" } : file)),
};

const added = fc.record({
  path: fc.constant("./added"),
  size: fc.integer({ min: 0, max: 60_000 }),
  seed: fc.nat(),
});

/** Cuts of both, as distances from the end, from the first one on that both have behind the change. */
function cutsBehind(tar: Buffer, { offsets }: Cut, place: number): number[] {
  return offsets.filter((offset) => offset >= place).map((offset) => tar.length - offset);
}

describe.each(Object.entries(CHANGES))("A small file that was %s", (_, change) => {
  // A fixed seed: how many chunks differ is a matter of probability, and the bound is what these worlds need.
  test("changes the chunks around it alone", async () => {
    const counts: number[] = [];
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), added, async (files, place, file) => {
        const small = files.flatMap(({ size }, index) => (size < MEAN - 1024 ? [index] : []));
        const at = small[place % small.length] ?? 0;
        const before = await cut(tarOf(files));
        const after = await cut(tarOf(change(files, at, file)));
        counts.push(newChunks(before, after));
      }),
      { numRuns: 30, seed: 10 },
    );
    expect(Math.max(...counts)).toBeLessThanOrEqual(8);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThan(2.5);
  });

  test("moves no cut before it, and none behind the first that both have", async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), added, async (files, place, file) => {
        const at = place % files.length;
        const [tar, other] = [tarOf(files), tarOf(change(files, at, file))];
        const [before, after] = [await cut(tar), await cut(other)];
        const start = tarOf(files.slice(0, at)).length - END.length;
        const earlier = (offset: number): boolean => offset < start;
        expect(after.offsets.filter(earlier)).toEqual(before.offsets.filter(earlier));
        const behind = tar.length - start - (before.members[at]?.length ?? 0);
        const [one, two] = [cutsBehind(tar, before, start), cutsBehind(other, after, start)];
        const common = one.find((distance) => distance <= behind && two.includes(distance));
        const rest = (distance: number): boolean => common !== undefined && distance <= common;
        expect(two.filter(rest)).toEqual(one.filter(rest));
      }),
      { numRuns: 12 },
    );
  });
});

describe("A large file", () => {
  const [front, back] = [noise(3_000_000, 1), noise(3_000_000, 2)];
  const neighbours = (at: number): File[] =>
    Array.from({ length: 100 }, (_, index) => ({
      path: `${at + index}`,
      size: 4000,
      seed: at + index,
    }));
  const around = (content: Uint8Array, path = "large"): Buffer =>
    Buffer.concat([
      tarOf(neighbours(0)).subarray(0, -END.length),
      member({ path }, content),
      tarOf(neighbours(1000)),
    ]);
  const original = around(Buffer.concat([front, back]));

  test.each([
    ["has grown at its end", around(Buffer.concat([front, back, noise(20_000, 3)])), 3],
    ["has bytes put in before all others", around(Buffer.concat([noise(777, 3), front, back])), 2],
    ["has bytes put in its middle", around(Buffer.concat([front, noise(777, 3), back])), 3],
    ["has lost its beginning", around(Buffer.concat([front.subarray(70_001), back])), 2],
    ["was renamed", around(Buffer.concat([front, back]), "renamed"), 1],
  ])("that %s keeps its other chunks, and its neighbours theirs", async (_, changed, most) => {
    const before = await cut(original);
    expect(before.chunks.length).toBeGreaterThan(80);
    expect(newChunks(before, await cut(changed))).toBeLessThanOrEqual(most);
  });

  test("that changes everywhere leaves what follows it alone", async () => {
    const before = await cut(original);
    const changed = await cut(around(noise(6_000_000, 5)));
    const behind = tarOf(neighbours(1000)).length;
    const last = (each: Cut, tar: Buffer): number[] => cutsBehind(tar, each, tar.length - behind);
    expect(last(changed, around(noise(6_000_000, 5)))).toEqual(last(before, original));
  });
});

test("Another key gives other cuts, between members and in them", async () => {
  const files = Array.from({ length: 1000 }, (_, i) => ({ path: `${i}`, size: 3000, seed: i }));
  for (const stream of [tarOf(files), tarOf([{ path: "large", size: 3_000_000, seed: 1 }])]) {
    const one = await cut(stream);
    const other = await cut(stream, { key: new Uint8Array(32).fill(8) });
    const shared = other.offsets.filter((offset) => one.offsets.includes(offset));
    expect(shared.length).toBeLessThan(one.offsets.length / 4);
  }
});

test("A bound of twice the mean and more changes no cut", async () => {
  const tar = tarOf([{ path: "large", size: 3_000_000, seed: 1 }]);
  const { offsets } = await cut(tar);
  expect((await cut(tar, { most: 500_000_000 })).offsets).toEqual(offsets);
  expect((await cut(tar, { most: 2 * MEAN })).offsets).toEqual(offsets);
});
