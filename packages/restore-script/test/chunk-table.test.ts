import { expect, test } from "vitest";
import { chunkTable, urlOf } from "../src/chunk-table.ts";
import type { RestoreChunk, RestoreInput } from "../src/index.ts";

const ATTEMPTS = ["20261122T031500Z-5f3a9c", "20261121T031500Z-0a1b2c"] as const;
const URLS = {
  base: "https://s3.example.net/backuppc-offsite/",
  query: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=604800",
};

test("what the chunks of an attempt share stands once, and a row is at most 200 bytes", () => {
  const lines = chunkTable(archiveOf([0, 1, 0, 1].map((at, index) => chunkOf(at, index)))).split(
    "\n",
  );
  expect(lines.slice(0, 2)).toEqual(
    ATTEMPTS.map(
      (attempt, at) => `= ${at} :${attempt}. :chunks/gandalf/${attempt}/${attempt}. :.gz.gpg`,
    ),
  );
  expect(lines[2]).toBe(
    `0.00000001 67108864 ${"a".repeat(64)} ${"b".repeat(64)} 67108864 ${"v".repeat(32)}`,
  );
  expect(lines).toHaveLength(6);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(200);
});

test("20,000 chunks of 200 attempts make a table of less than 4 MB", () => {
  const chunks = Array.from({ length: 20_000 }, (_, index) => {
    const attempt = `20261122T031500Z-${String(index % 200).padStart(6, "0")}`;
    return chunkOf(0, index, attempt);
  });
  expect(chunkTable(archiveOf(chunks)).length).toBeLessThan(4_000_000);
});

test("a URL is put together from what is shared and what is not", () => {
  const { name, signature, versionId } = chunkOf(0, 0);
  expect(urlOf(chunkOf(0, 0), URLS)).toBe(
    `${URLS.base}chunks/gandalf/${ATTEMPTS[0]}/${name}?${URLS.query}&versionId=${versionId}&X-Amz-Signature=${signature}`,
  );
});

test("a chunk may stand more than once, but two chunks cannot have one name", () => {
  const chunk = chunkOf(0, 0);
  expect(chunkTable(archiveOf([chunk, chunk])).split("\n")).toHaveLength(3);
  const other = { ...chunk, sha256: "c".repeat(64) };
  expect(() => chunkTable(archiveOf([chunk, other]))).toThrow(/name, which another chunk has too/);
});

test("digests of some chunks alone are refused, and so is an archive without chunks", () => {
  const { sha256: _, ...without } = chunkOf(0, 1);
  expect(() => chunkTable(archiveOf([chunkOf(0, 0), without]))).toThrow(/SHA-256: none/);
  expect(() => chunkTable(archiveOf([]))).toThrow(/no chunks/);
});

test("a chunk whose path does not end with its name has its whole URL in its row", () => {
  const chunk = { ...chunkOf(0, 0), path: "else/where" };
  expect(chunkTable(archiveOf([chunk]))).toContain(`${URLS.base}else/where?`);
});

function chunkOf(
  at: number,
  index: number,
  attempt: string = ATTEMPTS[at] ?? "",
): RestoreChunk & { path: string; signature: string; versionId: string } {
  const name = `${attempt}.${String(index + 1).padStart(8, "0")}.gz.gpg`;
  return {
    name,
    path: `chunks/gandalf/${attempt}/${name}`,
    signature: "b".repeat(64),
    versionId: "v".repeat(32),
    storedLength: 67_108_864,
    tarLength: 67_108_864,
    sha256: "a".repeat(64),
  };
}

function archiveOf(chunks: readonly RestoreChunk[]): RestoreInput {
  return {
    id: { host: "gandalf", number: 7, attempt: ATTEMPTS[0] },
    status: "complete",
    finished: new Date(0),
    compression: { name: "gzip", suffix: ".gz" },
    encryption: { passphrase: true, recipients: [], subkeys: [] },
    urls: URLS,
    chunks,
    created: new Date(0),
    expires: new Date(0),
    tool: "",
  };
}
