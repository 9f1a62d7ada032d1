import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { beforeAll, expect, test } from "vitest";
import { CatalogError, checkSums, type Head, type Manifest, sumsOf } from "../../src/index.ts";
import { startOfAttempt } from "../../src/attempt-id.ts";
import { encodeManifest } from "../../src/manifest/encode-manifest.ts";
import { totalsOf } from "../../src/manifest/totals-of.ts";
import { readComplete } from "../../src/legacy/read-complete.ts";
import { parseRecord } from "../../src/read/parse-record.ts";
import { damaged, sha256Of } from "../../src/read/read-object.ts";
import { headSchema, manifestSchema, startedSchema } from "../../src/schemas.ts";
import { encodeRecord } from "../../src/write/encode-record.ts";
import { ID, storeArchive } from "../stored-archive.ts";

let head: Head;
let manifest: Manifest;
beforeAll(async () => {
  const store = createMemoryStore(new Map(), { now: () => new Date("2026-11-22T05:00:00Z") });
  const stored = await storeArchive(store);
  head = { ...stored.head, backup: { type: "full", started: "2026-11-21T20:00:00.000Z" } };
  const { chunks } = stored;
  const versioned = chunks.map((chunk, at) => (at === 1 ? { ...chunk, versionId: "v1" } : chunk));
  manifest = { ...ID, format: 1, tarBytes: 3000, chunks: versioned };
});

/** As JSON, which knows no negative zero. */
function plainly(record: Head | Manifest): unknown {
  return JSON.parse(JSON.stringify(record));
}

test("Heads: whatever the bytes are, a head that is written the same, or a typed error", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [encodeRecord("archive.json", headSchema, head), JSON.stringify(head)],
    parse: (bytes) => {
      const read = parseRecord("archive.json", ID, bytes, headSchema);
      const again = encodeRecord("archive.json", headSchema, read);
      expect(plainly(parseRecord("archive.json", ID, again, headSchema))).toEqual(plainly(read));
      for (const time of [read.started, read.finished, read.holdUntil])
        expect(new Date(time).toISOString()).toMatch(/^\d{4}-/);
      return read;
    },
    refusals: [CatalogError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "heads (archive.json)", ...tally } });
});

test("Manifests: whatever the bytes are, a manifest that is written the same, or a typed error", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [encodeManifest(manifest), JSON.stringify(manifest)],
    parse: (bytes) => {
      const read = parseRecord("manifest.json", ID, bytes, manifestSchema);
      totalsOf(read, (what) => damaged("manifest.json", what));
      const again = parseRecord("manifest.json", ID, encodeManifest(read), manifestSchema);
      expect(plainly(again)).toEqual(plainly(read));
      return read;
    },
    refusals: [CatalogError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "manifests", ...tally } });
});

test("started.json: whatever the bytes are, one that can be shown, or a typed error", async ({
  task,
}) => {
  const { host, number, attempt, started, tool, uploader } = head;
  const first = { host, number, attempt, format: 1 as const, started, tool, uploader };
  const tally = await fuzz({
    samples: [encodeRecord("started.json", startedSchema, first)],
    parse: (bytes) => {
      const read = parseRecord("started.json", ID, bytes, startedSchema);
      expect(startOfAttempt(read.attempt)).toBeDefined();
      expect(new Date(read.started).toISOString()).toMatch(/^\d{4}-/);
      return read;
    },
    refusals: [CatalogError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "started.json", ...tally } });
});

test("SHA256SUMS: whatever the text is, the sums of this archive and nothing else", async ({
  task,
}) => {
  const bytes = encodeManifest(manifest);
  const digests = { ...head.digests, manifest: sha256Of(bytes) };
  const plain = manifest.chunks.map(({ name }) => sha256Of(name));
  const sums = sumsOf(manifest, plain, digests.members, true);
  const tally = await fuzz({
    samples: [sums],
    parse: (text) => {
      const read = checkSums({ ...head, digests }, manifest, Buffer.from(text).toString());
      expect(sumsOf(manifest, read, digests.members, true).trimEnd()).toBe(
        Buffer.from(text).toString().trimEnd(),
      );
      return read;
    },
    refusals: [CatalogError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "SHA256SUMS", ...tally } });
});

test("The Python program's COMPLETE: whatever the bytes are, times and a message, or a typed error", async ({
  task,
}) => {
  const backup = { host: "web", number: 7 };
  const tally = await fuzz({
    samples: ['1700000000.25 1700000100.5 "done"\n', '1 2 ""'],
    parse: async (bytes) => {
      const store = createMemoryStore();
      await store.put("web.7.tar.COMPLETE", bytesBody(bytes));
      return await readComplete(store, backup);
    },
    refusals: [CatalogError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "the Python program's COMPLETE", ...tally } });
});
