import fc from "fast-check";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { CatalogError, checkSums, openCatalog } from "../../src/index.ts";
import { chunkOf, ID, storeArchive } from "../stored-archive.ts";

const store = createMemoryStore(new Map(), { now: () => new Date("2026-11-22T05:00:00Z") });
const earlier = { ...ID, number: 6, attempt: "20261121T031500Z-000001" };
const { chunks: older } = await storeArchive(store, { id: earlier });
const reused = [...older.slice(0, 1), ...older.slice(0, 1)];
const { head } = await storeArchive(store, { reused, chunks: 1 });
const catalog = openCatalog(store);
const manifest = await catalog.readManifest(head);
/** The tests' encryption changes nothing. */
const text = Buffer.from(await catalog.readSums(head)).toString();
const lines = text.trimEnd().split("\n");
const OTHER = "f".repeat(64);

test("sums bind themselves to the manifest, and name chunks in order, plaintexts, members", () => {
  expect(lines.map((line) => line.replace(/^[0-9a-f]{64}/, "…"))).toEqual([
    `# web.example.com 7 ${ID.attempt} manifest ${head.digests.manifest}`,
    `…  ${chunkOf(earlier, 1).name}`,
    `…  ${chunkOf(earlier, 1).name}`,
    `…  ${chunkOf(ID, 1).name}`,
    "…  web.example.com.7.tar.00000001",
    "…  web.example.com.7.tar.00000002",
    "…  web.example.com.7.tar.00000003",
    "…  members.0001.gz.gpg",
  ]);
});

test("sums that agree tell the digests of the plaintext", () => {
  const plain = lines.slice(4, 7).map((line) => line.slice(0, 64));
  expect(checkSums(head, manifest, text)).toEqual(plain);
  expect(checkSums(head, manifest, text.trimEnd())).toEqual(plain);
});

describe("sums are refused", () => {
  test.each<[string, readonly string[]]>([
    ["without the line that binds them", lines.slice(1)],
    ["of another archive", [lines[0]?.replace(" 7 ", " 8 ") ?? "", ...lines.slice(1)]],
    ["of another manifest", [lines[0]?.replace(/\w{64}/, OTHER) ?? "", ...lines.slice(1)]],
    ["without a chunk's line", lines.toSpliced(3, 1)],
    ["without a repeat", lines.toSpliced(2, 1)],
    ["with a repeat more", lines.toSpliced(2, 0, lines[2] ?? "")],
    ["in another order", lines.toSpliced(2, 2, lines[3] ?? "", lines[2] ?? "")],
    ["with another digest of a chunk", lines.with(1, `${OTHER}  ${chunkOf(earlier, 1).name}`)],
    ["without a plaintext's line", lines.toSpliced(5, 1)],
    ["with half a digest of a plaintext", lines.with(5, lines[5]?.slice(1) ?? "")],
    ["with another digest of the members", lines.with(7, `${OTHER}  members.0001.gz.gpg`)],
    ["with a line more", [...lines, `${OTHER}  web.example.com.7.tar.00000004`]],
    ["of another kind", ["<html>"]],
    ["that are empty", []],
  ])("%s", (_, some) => {
    const check = (): unknown => checkSums(head, manifest, some.join("\n"));
    expect(check).toThrow(CatalogError);
    expect(check).toThrow(/^The archive's SHA256SUMS have /);
  });

  test("whatever they are, unless they say the same", () => {
    const anyText = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(text.length - 1), fc.string({ maxLength: 2 }))
        .map(([at, some]) => text.slice(0, at) + some + text.slice(at + 1)),
    );
    fc.assert(
      fc.property(anyText, (some) => {
        // Digests of plaintext are what the sums alone know.
        const isSame = stripped(some) === stripped(text);
        expect([isSame ? "taken" : "refused", "refused"]).toContain(fateOf(some));
      }),
    );
  });
});

function fateOf(some: string): string {
  try {
    checkSums(head, manifest, some);
    return "taken";
  } catch (error) {
    return error instanceof CatalogError ? "refused" : String(error);
  }
}

function stripped(some: string): string {
  return some.replace(/^[0-9a-f]{64}(?= {2}web)/gm, "").trimEnd();
}
