import { describe, expect, test } from "vitest";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { checkSums, openCatalog } from "../../src/index.ts";
import { archiveOfThree, ID } from "../archive-of-three.ts";

const { manifest } = archiveOfThree(openCatalog(createMemoryStore()), ID);
const TAR = "web.example.com.7.tar";
const PLAIN = ["a", "b", "c"].map((digit) => digit.repeat(64));
const LINES = [
  ...manifest.chunks.map(({ sha256 }, index) => `${sha256}  ${TAR}.0000000${index + 1}.gz.gpg`),
  ...PLAIN.map((sha256, index) => `${sha256}  ${TAR}.0000000${index + 1}`),
  `${"d".repeat(64)}  ${TAR}`,
];

test("sums that agree with the manifest tell the digests of the plaintext", () => {
  expect(checkSums(manifest, `${LINES.join("\n")}\n`)).toEqual({
    plainSha256: PLAIN,
    tarSha256: "d".repeat(64),
  });
});

test("chunks that are stored as they are have one line each", () => {
  const plain = manifest.chunks.map((chunk) => ({
    ...chunk,
    key: chunk.key.replace(".gz.gpg", ""),
  }));
  const lines = plain.map(({ key, sha256 }) => `${sha256}  ${key.split("/").at(-1)}`);
  const sums = checkSums({ ...manifest, chunks: plain }, [...lines, LINES.at(-1)].join("\n"));
  expect(sums.plainSha256).toEqual(plain.map(({ sha256 }) => sha256));
});

describe("sums are refused", () => {
  test.each([
    ["without the tar's line", LINES.slice(0, -1), `no line for ${TAR}.`],
    ["without a chunk's line", LINES.slice(1), `no line for ${TAR}.00000001.gz.gpg`],
    ["without a plaintext's line", LINES.toSpliced(4, 1), `no line for ${TAR}.00000002.`],
    [
      "with another digest of a chunk",
      LINES.with(1, `${"f".repeat(64)}  ${TAR}.00000002.gz.gpg`),
      `another digest of ${TAR}.00000002.gz.gpg`,
    ],
    [
      "with one chunk more",
      [...LINES, `${"f".repeat(64)}  ${TAR}.00000004`],
      `tell of ${TAR}.00000004`,
    ],
    ["of another kind", ["<html>"], "are not as sha256sum writes them"],
    ["that are empty", [], "no line for"],
  ])("%s", (_, lines, message) => {
    expect(() => checkSums(manifest, lines.join("\n"))).toThrow(message);
  });
});
