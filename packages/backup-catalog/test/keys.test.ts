import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ArchiveId, chunkName, parseChunkName, plainName } from "../src/index.ts";
import * as keys from "../src/keys.ts";
import { parseKey, type ParsedKey } from "../src/parse-key.ts";

const ID: ArchiveId = { host: "web.example.com", number: 7, attempt: "20261122T031500Z-5f3a9c" };

const anyId: fc.Arbitrary<ArchiveId> = fc.record({
  host: fc
    .string({ unit: "binary", minLength: 1, maxLength: 16 })
    .filter((host) => !host.startsWith(".")),
  number: fc.nat(),
  attempt: fc.constant(ID.attempt),
});

const anyMarker = fc.record({
  status: fc.constantFrom("complete" as const, "partial" as const),
  chunks: fc.integer({ min: 1 }),
  storedBytes: fc.maxSafeNat(),
  newChunks: fc.nat(),
  newBytes: fc.maxSafeNat(),
});

test("the layout of an archive", () => {
  const counts = { chunks: 120, storedBytes: 8_053_063_680, newChunks: 3, newBytes: 46_400_000 };
  const attempt = "20261122T031500Z-5f3a9c";
  expect([
    keys.startedKey(ID),
    keys.dataKeyKey(ID, 1),
    keys.membersKey(ID, 1, true),
    keys.manifestKey(ID),
    keys.sumsKey(ID, true),
    keys.sumsKey(ID, false),
    keys.headKey(ID),
    keys.markerKey(ID, { status: "complete", ...counts }),
    keys.chunkKey(ID.host, chunkName(attempt, 1, ".gz.gpg")),
    keys.chunkKey(ID.host, chunkName(attempt, 12_345_678, "")),
  ]).toEqual([
    `archives/web.example.com/7/${attempt}/started.json`,
    `archives/web.example.com/7/${attempt}/KEY.1.gpg`,
    `archives/web.example.com/7/${attempt}/members.0001.gz.gpg`,
    `archives/web.example.com/7/${attempt}/manifest.json`,
    `archives/web.example.com/7/${attempt}/SHA256SUMS.gpg`,
    `archives/web.example.com/7/${attempt}/SHA256SUMS`,
    `archives/web.example.com/7/${attempt}/archive.json`,
    `archives/web.example.com/7/${attempt}/complete.120.8053063680.3.46400000.sig`,
    `chunks/web.example.com/${attempt}/${attempt}.00000001.gz.gpg`,
    `chunks/web.example.com/${attempt}/${attempt}.12345678`,
  ]);
  expect(plainName(ID, 1)).toBe("web.example.com.7.tar.00000001");
});

describe("what was built is taken apart again", () => {
  test("for records", () => {
    fc.assert(
      fc.property(anyId, fc.integer({ min: 1, max: 9999 }), fc.boolean(), (id, part, encrypted) => {
        expect(parseKey(keys.startedKey(id))).toEqual({ kind: "started", id });
        expect(parseKey(keys.manifestKey(id))).toEqual({ kind: "manifest", id });
        expect(parseKey(keys.headKey(id))).toEqual({ kind: "head", id });
        expect(parseKey(keys.sumsKey(id, encrypted))).toEqual({ kind: "sums", id, encrypted });
        expect(parseKey(keys.dataKeyKey(id, part))).toEqual({ kind: "key", id, serial: part });
        const members = { kind: "members", id, part, encrypted };
        expect(parseKey(keys.membersKey(id, part, encrypted))).toEqual(members);
      }),
    );
  });

  test("for markers", () => {
    fc.assert(
      fc.property(anyId, anyMarker, (id, marker) => {
        expect(parseKey(keys.markerKey(id, marker))).toEqual({ kind: "marker", id, marker });
      }),
    );
  });

  test("for chunks", () => {
    const anySuffix = fc.constantFrom("", ".gpg", ".gz", ".gz.gpg", ".bz2.gpg", ".lz4.gpg");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), anySuffix, (index, suffix) => {
        const { attempt } = ID;
        expect(parseChunkName(chunkName(attempt, index, suffix))).toEqual({
          attempt,
          index,
          suffix,
        });
      }),
    );
  });
});

test("names of chunks sort in the order of upload", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99_999_999 })), (indices) => {
      const name = (index: number): string => chunkName(ID.attempt, index, ".gz.gpg");
      const sorted = indices.toSorted((one, other) => one - other).map(name);
      expect(indices.map(name).toSorted()).toEqual(sorted);
    }),
  );
});

test("an attempt has no more chunks than their names have digits for", () => {
  expect(() => chunkName(ID.attempt, 100_000_000, ".gpg")).toThrow("more than 99999999 chunks");
});

const FOLDER = "archives/web/7/20261122T031500Z-5f3a9c";

describe("unknown are", () => {
  test.each([
    "",
    "/",
    "archives",
    "archives/web/7/20261122T031500Z-5f3a9c",
    `${FOLDER}/other.json`,
    `${FOLDER}/started.json/x`,
    "archives/web/07/20261122T031500Z-5f3a9c/started.json",
    "archives/web/-7/20261122T031500Z-5f3a9c/started.json",
    "archives/web/99999999999999999/20261122T031500Z-5f3a9c/started.json",
    "archives/w%65b/7/20261122T031500Z-5f3a9c/started.json",
    "archives/.web/7/20261122T031500Z-5f3a9c/started.json",
    "archives/web/7/20260230T031500Z-5f3a9c/started.json",
    "archives/web/7/20261122T031500Z-5F3A9C/started.json",
    "other/web/7/20261122T031500Z-5f3a9c/started.json",
    `${FOLDER}/complete.12.46400000.json`,
    `${FOLDER}/complete.0.0.0.0.sig`,
    `${FOLDER}/complete.1.01.1.1.sig`,
    `${FOLDER}/complete.1.1.1.99999999999999999.sig`,
    `${FOLDER}/incomplete.1.1.1.1.sig`,
    `${FOLDER}/KEY.0.gpg`,
    `${FOLDER}/KEY.01.gpg`,
    `${FOLDER}/KEY.1`,
    `${FOLDER}/members.0000.gz`,
    `${FOLDER}/members.1.gz`,
    `${FOLDER}/members.0001.xz.gpg`,
    `${FOLDER}/SHA256SUMS.asc`,
  ])("%j", (key) => expect(parseKey(key)).toBeUndefined());

  test("never crash, and what is taken apart was spelled as we spell it", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.string({ unit: "binary" }), { maxLength: 6 }).map((parts) => parts.join("/")),
      fc.string().map((name) => `${FOLDER}/${name}`),
      fc
        .stringMatching(/^(complete|partial|KEY|members)[.0-9a-z]{1,30}$/)
        .map((name) => `${FOLDER}/${name}`),
    );
    fc.assert(
      fc.property(anyText, (key) => {
        const parsed = parseKey(key);
        expect(parsed === undefined ? key : built(parsed)).toBe(key);
        const chunk = parseChunkName(key);
        expect(chunk && chunkName(chunk.attempt, chunk.index, chunk.suffix)).toBe(chunk && key);
      }),
    );
  });

  test.each([
    "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9d.00000001",
    "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000000",
    "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.0000001",
    "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000001.a.b.c",
    "20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000001.g z",
    "20261322T031500Z-5f3a9c/20261322T031500Z-5f3a9c.00000001",
    "../../x/x.00000001",
    "x/x.00000001",
  ])("the chunk's name %j", (name) => expect(parseChunkName(name)).toBeUndefined());
});

function built(parsed: ParsedKey): string {
  const { id } = parsed;
  if (parsed.kind === "marker") return keys.markerKey(id, parsed.marker);
  if (parsed.kind === "started") return keys.startedKey(id);
  if (parsed.kind === "manifest") return keys.manifestKey(id);
  if (parsed.kind === "head") return keys.headKey(id);
  if (parsed.kind === "key") return keys.dataKeyKey(id, parsed.serial);
  if (parsed.kind === "members") return keys.membersKey(id, parsed.part, parsed.encrypted);
  if (parsed.kind === "sums") return keys.sumsKey(id, parsed.encrypted);
  throw new Error("a kind of record that these tests do not know");
}
