import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { END, header, member } from "./build-tar.ts";
import { cut, MEAN } from "./cut.ts";
import { noise, tarOf, trees } from "./trees.ts";

const LEAST = MEAN / 4;

/** Lengths of pieces: single bytes, odd ones, a pipe's. */
const pieces = fc.array(fc.oneof(fc.constant(65_536), fc.integer({ min: 1, max: 5000 })), {
  minLength: 1,
  maxLength: 6,
});

/** Tars that are whole, cut off or damaged, and what never was one. */
const streams = fc.oneof(
  trees.map((files) => tarOf(files)),
  fc.tuple(trees, fc.double({ min: 0, max: 1, noNaN: true })).map(([files, part]) => {
    const tar = tarOf(files);
    return tar.subarray(0, Math.floor(tar.length * part));
  }),
  fc.tuple(trees, fc.nat(), fc.nat()).map(([files, place, seed]) => {
    const tar = tarOf(files);
    tar.set(noise(5000, seed), place % Math.max(1, tar.length - 5000));
    return tar;
  }),
  fc.tuple(fc.nat({ max: 400_000 }), fc.nat()).map(([length, seed]) => noise(length, seed)),
  fc.uint8Array({ maxLength: 3000 }),
  fc.nat({ max: 400_000 }).map((length) => new Uint8Array(length)),
);

describe("Chunks", () => {
  test("joined are the stream, whatever it is and however it is read", async () => {
    await fc.assert(
      fc.asyncProperty(streams, pieces, async (stream, lengths) => {
        const { chunks, offsets, length } = await cut(stream, { pieces: lengths });
        expect(Buffer.concat(chunks).equals(stream)).toBe(true);
        let offset = 0;
        for (const [index, chunk] of chunks.entries()) {
          expect(offsets[index]).toBe(offset);
          offset += chunk.length;
        }
        expect(length).toBe(stream.length);
      }),
      { numRuns: 25 },
    );
  });

  test("are the same however the stream is read, and so are the members", async () => {
    await fc.assert(
      fc.asyncProperty(streams, pieces, async (stream, lengths) => {
        const whole = await cut(stream, { pieces: [10_000_000] });
        const { offsets, members, count } = await cut(stream, { pieces: lengths });
        expect(offsets).toEqual(whole.offsets);
        expect(members).toEqual(whole.members);
        expect(count).toEqual(whole.count);
      }),
      { numRuns: 25 },
    );
  });

  test("are never longer than asked, and shorter than the least only before a large member and at the end", async () => {
    await fc.assert(
      fc.asyncProperty(
        trees,
        fc.option(fc.integer({ min: 4096, max: 300_000 }), { nil: undefined }),
        async (files, asked) => {
          const { chunks, offsets, members } = await cut(tarOf(files), {
            ...(asked !== undefined && { most: asked }),
          });
          const most = Math.min(2 * MEAN, asked ?? Number.POSITIVE_INFINITY);
          const mean = Math.floor(most / 2);
          const large = new Set(members.filter((m) => m.length >= mean).map((m) => m.offset));
          for (const [index, chunk] of chunks.entries()) {
            expect(chunk.length).toBeLessThanOrEqual(most);
            const next = offsets[index + 1];
            if (next === undefined || large.has(next)) continue;
            expect(chunk.length).toBeGreaterThanOrEqual(Math.floor(mean / 4));
          }
          for (const offset of large) expect(offsets).toContain(offset);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("begin at a member, except within a large one", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (files) => {
        const tar = tarOf(files);
        const { offsets, members } = await cut(tar);
        const starts = new Set(members.map(({ offset }) => offset));
        const large = members.filter(({ length }) => length >= MEAN);
        for (const offset of offsets.filter((each) => each < tar.length - 1024)) {
          const within = large.some((m) => m.offset < offset && offset < m.offset + m.length);
          expect(within || starts.has(offset)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("have the mean's length on average, for small members, a large one, and what is no tar", async () => {
    const small = tarOf(
      Array.from({ length: 4000 }, (_, index) => ({ path: `${index}`, size: 3000, seed: index })),
    );
    const large = tarOf([{ path: "image", size: 16_000_000, seed: 1 }]);
    for (const stream of [small, large, noise(16_000_000, 2)]) {
      const { chunks } = await cut(stream);
      const average = stream.length / chunks.length / MEAN;
      expect(average).toBeGreaterThan(0.9);
      expect(average).toBeLessThan(1.1);
    }
  });

  test("are none for an empty stream, and one for a short one", async () => {
    expect(await cut(Buffer.alloc(0))).toMatchObject({ chunks: [], length: 0 });
    expect((await cut(END)).chunks).toEqual([new Uint8Array(END)]);
    expect((await cut(Buffer.from("a"))).chunks).toHaveLength(1);
  });

  test("hold all of a tar that is torn behind the header of a large file", async () => {
    const small = member({ path: "a" }, noise(LEAST, 1));
    const tar = Buffer.concat([small, header({ path: "b", size: 10 * MEAN })]);
    const { chunks, offsets, count } = await cut(tar);
    expect(Buffer.concat(chunks).equals(tar)).toBe(true);
    expect(offsets).toEqual([0, small.length]);
    expect(count).toMatchObject({ members: 2, ended: false });
  });

  test("hold what follows the end of the tar", async () => {
    const tar = Buffer.concat([member({ path: "a" }, "a"), END, noise(3_000_000, 1)]);
    const { chunks, count } = await cut(tar);
    expect(Buffer.concat(chunks).equals(tar)).toBe(true);
    expect(count).toMatchObject({ members: 1, ended: true, damagedAt: undefined });
    expect(chunks.length).toBeGreaterThan(20);
  });

  test("of a long stretch of zeros are as long as may be", async () => {
    const { chunks } = await cut(tarOf([{ path: "zeros", size: 0, seed: 0 }]));
    expect(chunks).toHaveLength(1);
    const zeros = await cut(Buffer.concat([member({ path: "z" }, new Uint8Array(10 * MEAN)), END]));
    expect(zeros.chunks.slice(0, 4).map(({ length }) => length)).toEqual(Array(4).fill(2 * MEAN));
  });

  test("of 50,000 empty members keep their bounds, and all members are reported", async () => {
    const one = member({ path: "empty" });
    const tar = Buffer.concat([...Array<Buffer>(50_000).fill(one), END]);
    const { chunks, count } = await cut(tar);
    expect(count.members).toBe(50_000);
    // The same name each time, so each is a place to cut or none: only the bounds are left.
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.length).toBeGreaterThanOrEqual(LEAST);
      expect(chunk.length).toBeLessThanOrEqual(2 * MEAN);
    }
  });
});
