import { createHash } from "node:crypto";
import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { chunkLine, headerLine, readIndexText } from "../../src/index/index-text.ts";
import { chunk, header } from "./header.ts";

const HEADER = header({ passphrase: { salt: "ab", verifier: "cd" }, subkeys: ["A".repeat(40)] });
const LINES = [
  headerLine(HEADER),
  chunkLine(HEADER.epoch, chunk(1, { versionId: "v1" })),
  chunkLine(HEADER.epoch, chunk(2, { holdUntil: 1_800_000_000_001, lockUntil: 1_800_000_000_002 })),
];

/** As JSON, which knows no negative zero. */
function plainly(value: object): unknown {
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    part instanceof Map ? [...part] : part,
  ]);
  return JSON.parse(JSON.stringify(entries));
}

/** Reads an index. What it takes of it can be written and read again. */
function read(text: Buffer): unknown {
  const found = readIndexText(text);
  if ("why" in found) return undefined;
  const chunks = [...found.chunks.values()];
  for (const each of chunks) {
    for (const time of [each.stored, each.holdUntil ?? 0, each.lockUntil ?? 0])
      expect(new Date(time).toISOString()).toMatch(/^[+-]?\d{4}/);
  }
  const lines = chunks.map((each) => chunkLine(found.header.epoch, each));
  const again = readIndexText(Buffer.from([headerLine(found.header), ...lines].join("")));
  expect(plainly(again)).toEqual(plainly({ ...found, dropped: 0 }));
  return found;
}

test("The chunk index: whatever is in the file, what is whole in it or why it can't be used", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [LINES.join("")],
    parse: (bytes) => read(Buffer.from(bytes)),
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "chunk index", ...tally } });
});

/** Lines with checksums that are right, whatever they hold. */
function withChecksums(text: string): string {
  return text
    .split("\n")
    .map((json, at) => {
      const epoch = at === 0 ? "" : HEADER.epoch;
      const sum = createHash("sha256").update(`${epoch}\n${json}`).digest("hex").slice(0, 16);
      return `${sum} ${json}\n`;
    })
    .join("");
}

test("The chunk index with right checksums: whatever its lines hold, the same", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [LINES.map((line) => line.slice(17).trimEnd()).join("\n")],
    parse: (bytes) => read(Buffer.from(withChecksums(Buffer.from(bytes).toString()))),
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "chunk index, its JSON", ...tally } });
});
