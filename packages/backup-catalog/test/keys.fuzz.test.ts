import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import type { ArchiveId } from "../src/index.ts";
import { startOfAttempt } from "../src/attempt-id.ts";
import { checkHost, decodeHost, encodeHost } from "../src/host-name.ts";
import * as keys from "../src/keys.ts";
import { parseKey, type ParsedRecord } from "../src/parse-key.ts";
import { parseLegacyKey, legacyPrefix } from "../src/legacy/legacy-key.ts";
import { suffixOfPosition } from "../src/legacy/split-suffix.ts";
import { decodeRanges, encodeRanges, type IndexRange } from "../src/ranges.ts";

const ATTEMPT = "20261122T031500Z-5f3a9c";
const ID: ArchiveId = { host: "web server.example/1", number: 7, attempt: ATTEMPT };
const MARKER = { chunks: 5120, storedBytes: 12_900_000_000, newChunks: 84, newBytes: 212_000_000 };

/** The key that our own functions make of what was read: another spelling would be another key. */
function keyOf(id: ArchiveId, record: ParsedRecord): string {
  switch (record.kind) {
    case "started":
      return keys.startedKey(id);
    case "manifest":
      return keys.manifestKey(id);
    case "head":
      return keys.headKey(id);
    case "sums":
      return keys.sumsKey(id, record.encrypted);
    case "key":
      return keys.dataKeyKey(id, record.serial);
    case "members":
      return keys.membersKey(id, record.part, record.encrypted);
    default:
      return keys.markerKey(id, record.marker);
  }
}

test("Keys of archives: whatever the key is, none of ours, or one that we write the same", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [
      keys.startedKey(ID),
      keys.headKey(ID),
      keys.manifestKey({ ...ID, host: "b\u00fccher \u{1f600}" }),
      keys.sumsKey(ID, true),
      keys.dataKeyKey(ID, 12),
      keys.membersKey(ID, 1, true),
      keys.markerKey(ID, { status: "complete", ...MARKER }),
      keys.markerKey(ID, { status: "partial", ...MARKER }),
    ],
    parse: (bytes) => {
      const key = Buffer.from(bytes).toString();
      const parsed = parseKey(key);
      if (parsed === undefined) return undefined;
      checkHost(parsed.id.host);
      expect(keyOf(parsed.id, parsed)).toBe(key);
      return parsed;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "keys of archives", ...tally } });
});

test("Names of chunks, attempt ids and hosts: whatever the text is, none, or one that we write the same", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [
      keys.chunkName(ATTEMPT, 1, ".gz.gpg"),
      keys.chunkName(ATTEMPT, 99_999_999, ""),
      ATTEMPT,
      encodeHost("web server.example/1"),
    ],
    parse: (bytes) => {
      const text = Buffer.from(bytes).toString();
      const chunk = keys.parseChunkName(text);
      const name = chunk && keys.chunkName(chunk.attempt, chunk.index, chunk.suffix);
      expect(name ?? text).toBe(text);
      const host = decodeHost(text);
      expect(host === undefined ? text : encodeHost(host)).toBe(text);
      return chunk ?? startOfAttempt(text) ?? host;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "chunk names, attempts, hosts", ...tally } });
});

function indicesOf(ranges: readonly IndexRange[]): number[] {
  return ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}

test("Ranges of chunks: whatever the text is, none, or ranges that we write the same", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: ["1", "1-500,502", "3,5,7-9,99999999"],
    parse: (bytes) => {
      const text = Buffer.from(bytes).toString();
      const ranges = decodeRanges(text);
      const count = ranges?.reduce((sum, { first, last }) => sum + last - first + 1, 0) ?? 0;
      const again = ranges && count < 10_000 ? encodeRanges(indicesOf(ranges)) : text;
      expect(again).toBe(text);
      return ranges;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "ranges of chunks", ...tally } });
});

test("The Python program's keys: whatever the key is, none of its, or a host, a number and a place", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [
      "web.7.tar",
      "web.7.tar.gpg",
      "web.7.tar.aa.gpg",
      "web.7.tar.zaaa",
      "web.7.tar.COMPLETE",
    ],
    parse: (bytes) => {
      const key = Buffer.from(bytes).toString();
      const parsed = parseLegacyKey(key);
      if (parsed === undefined) return undefined;
      expect(key.startsWith(legacyPrefix(parsed))).toBe(true);
      // Two letters from za on are of an old split, which went on to zz.
      const isNew = parsed.kind === "chunk" && parsed.split && !/\.z[a-z](\.gpg)?$/.test(key);
      expect(key).toContain(isNew ? `.tar.${suffixOfPosition(parsed.position)}` : ".tar");
      return parsed;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "the Python program's keys", ...tally } });
});
