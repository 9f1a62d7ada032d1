import { expect, test } from "vitest";
import { type RestoreInput, restoreScript } from "../src/index.ts";

const CHUNK = {
  name: "a.1",
  url: "https://s3.example.net/a.1",
  storedLength: 5,
  tarLength: 5,
  sha256: "a".repeat(64),
};
const GOOD: RestoreInput = {
  id: { host: "gandalf", number: 7, attempt: "20261122T031500Z-5f3a9c" },
  status: "complete",
  finished: new Date(1_790_000_000_000),
  compression: { name: "gzip", suffix: ".gz" },
  encryption: null,
  chunks: [CHUNK],
  members: [{ url: "https://s3.example.net/m", sha256: "a".repeat(64) }],
  expires: new Date(1_790_600_000_000),
  created: new Date(1_790_000_000_000),
  tool: "backup-manager 1.0.0",
};
const { id } = GOOD;
const sums = { url: "https://s3.example.net/s" };
const none = new Date(NaN);

const WRONG: readonly Readonly<Record<string, unknown>>[] = [
  { id: { ...id, number: NaN } },
  { id: { ...id, number: -1 } },
  { id: { ...id, number: 1.5 } },
  { id: { ...id, host: "" } },
  { id: { ...id, host: 5 } },
  { id: { ...id, attempt: 5 } },
  { id: undefined },
  { status: "done" },
  { status: undefined },
  { finished: none },
  { expires: none },
  { created: none },
  { asked: none },
  { expires: 1_790_600_000 },
  { tarBytes: NaN },
  { tarBytes: -1 },
  { tool: 5 },
  { verified: { by: 5 } },
  { chunks: "a.1" },
  { sums: { ...sums, sha256: "zz" } },
  { sums: { ...sums, manifest: "A".repeat(64) } },
  { only: { names: [], chunks: new Set([0]) } },
  { only: { names: ["a"], chunks: new Set([1]) } },
  { only: { names: ["a"], chunks: new Set([0.5]) } },
];

test.each(WRONG)("An archive with %o is refused", (changes) => {
  expect(() => restoreScript(Object.assign({}, GOOD, changes))).toThrow(
    expect.objectContaining({ code: "bad-input" }),
  );
  expect(() => restoreScript(GOOD)).not.toThrow();
});

test.each([NaN, -1, 1.5])("A chunk with %d bytes of the tar is refused", (tarLength) => {
  const { members: _, ...others } = GOOD;
  expect(() => restoreScript({ ...others, chunks: [{ ...CHUNK, tarLength }] })).toThrow(
    expect.objectContaining({ code: "bad-chunk" }),
  );
});
