import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArchiveId } from "../src/index.ts";
import * as keys from "../src/keys.ts";

const ID: ArchiveId = { host: "web.example.com", number: 7, attempt: "20261122T031500Z-5f3a9c" };

const anyId: fc.Arbitrary<ArchiveId> = fc.record({
  host: fc.string({ unit: "binary", minLength: 1 }),
  number: fc.nat(),
  attempt: fc.constant(ID.attempt),
});

test("the layout of an archive", () => {
  const marker = { status: "complete", chunks: 120, storedBytes: 8_053_063_680 } as const;
  expect([
    keys.startedKey(ID),
    keys.manifestKey(ID),
    keys.sumsKey(ID),
    keys.markerKey(ID, marker),
    keys.chunkKey(ID, 1, ".gz.gpg"),
    keys.chunkKey(ID, 12_345_678, ""),
  ]).toEqual([
    "archives/web.example.com/7/20261122T031500Z-5f3a9c/started.json",
    "archives/web.example.com/7/20261122T031500Z-5f3a9c/manifest.json",
    "archives/web.example.com/7/20261122T031500Z-5f3a9c/SHA256SUMS.gpg",
    "archives/web.example.com/7/20261122T031500Z-5f3a9c/complete.120.8053063680.json",
    "chunks/web.example.com/7/20261122T031500Z-5f3a9c/web.example.com.7.tar.00000001.gz.gpg",
    "chunks/web.example.com/7/20261122T031500Z-5f3a9c/web.example.com.7.tar.12345678",
  ]);
});

describe("what was built is taken apart again", () => {
  test("for started.json, manifest and sums", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(keys.parseKey(keys.startedKey(id))).toEqual({ kind: "started", id });
        expect(keys.parseKey(keys.manifestKey(id))).toEqual({ kind: "manifest", id });
        expect(keys.parseKey(keys.sumsKey(id))).toEqual({ kind: "sums", id });
      }),
    );
  });

  test("for markers", () => {
    const anyMarker = fc.record({
      status: fc.constantFrom("complete" as const, "partial" as const),
      chunks: fc.integer({ min: 1 }),
      storedBytes: fc.maxSafeNat(),
    });
    fc.assert(
      fc.property(anyId, anyMarker, (id, marker) => {
        expect(keys.parseKey(keys.markerKey(id, marker))).toEqual({ kind: "marker", id, marker });
      }),
    );
  });

  test("for chunks", () => {
    const anySuffix = fc.constantFrom("", ".gz", ".bz2", ".gpg", ".gz.gpg", ".zst.gpg");
    const anyIndex = fc.integer({ min: 1, max: keys.LAST_CHUNK_INDEX });
    fc.assert(
      fc.property(anyId, anyIndex, anySuffix, (id, index, suffix) => {
        const parsed = keys.parseKey(keys.chunkKey(id, index, suffix));
        expect(parsed).toEqual({ kind: "chunk", id, index, suffix });
      }),
    );
  });
});

test("names of chunks sort in stream order", () => {
  const anyIndex = fc.integer({ min: 1, max: keys.LAST_CHUNK_INDEX });
  fc.assert(
    fc.property(anyId, anyIndex, anyIndex, (id, a, b) => {
      const [first, second] = [keys.chunkKey(id, a, ".gpg"), keys.chunkKey(id, b, ".gpg")];
      expect(Math.sign(a - b)).toBe(first < second ? -1 : first > second ? 1 : 0);
    }),
  );
});

test("a host's prefix takes in no other host", () => {
  expect(keys.startedKey(ID).startsWith(keys.archivesPrefix("web"))).toBe(false);
  expect(keys.startedKey(ID).startsWith(keys.archivesPrefix(ID.host))).toBe(true);
});

describe("stray keys", () => {
  const folder = `archives/web/7/${ID.attempt}`;
  test.each([
    "",
    "/",
    "archives/",
    "web.7.tar.aa.gpg",
    `${folder}/`,
    `${folder}/readme.txt`,
    `${folder}/started.json/x`,
    `${folder}/complete.0.5.json`,
    `${folder}/complete.1.05.json`,
    `${folder}/complete.1.99999999999999999999.json`,
    `archives/web/07/${ID.attempt}/started.json`,
    `archives/web/-1/${ID.attempt}/started.json`,
    `archives/../7/${ID.attempt}/started.json`,
    `archives/%zz/7/${ID.attempt}/started.json`,
    "archives/web/7/20261399T000000Z-5f3a9c/started.json",
    `chunks/web/7/${ID.attempt}/web.7.tar.00000000.gpg`,
    `chunks/web/7/${ID.attempt}/web.7.tar.1.gpg`,
    `chunks/web/7/${ID.attempt}/web.8.tar.00000001.gpg`,
    `chunks/web/7/${ID.attempt}/web.7.tar.00000001.gpg;reboot`,
  ])("%j is none of ours", (key) => expect(keys.parseKey(key)).toBeUndefined());

  test("never crash, and what is taken apart was spelled as we spell it", () => {
    const anyKey = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.string({ unit: "binary" }), { maxLength: 6 }).map((parts) => parts.join("/")),
      fc.string().map((name) => `${folder}/${name}`),
    );
    fc.assert(
      fc.property(anyKey, (key) => {
        const parsed = keys.parseKey(key);
        expect(parsed === undefined ? key : built(parsed)).toBe(key);
      }),
    );
  });
});

function built(parsed: keys.ParsedKey): string {
  if (parsed.kind === "chunk") return keys.chunkKey(parsed.id, parsed.index, parsed.suffix);
  if (parsed.kind === "marker") return keys.markerKey(parsed.id, parsed.marker);
  if (parsed.kind === "started") return keys.startedKey(parsed.id);
  if (parsed.kind === "manifest") return keys.manifestKey(parsed.id);
  return keys.sumsKey(parsed.id);
}
