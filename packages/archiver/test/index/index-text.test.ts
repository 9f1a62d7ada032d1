import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chunkLine,
  headerLine,
  type ReadIndex,
  readIndexText,
} from "../../src/index/index-text.ts";
import { chunk, header } from "./header.ts";

const HEADER = header();
const CHUNKS = [
  chunk(1),
  chunk(2, { versionId: "v 1\n\u{1F4BE}" }),
  chunk(3, { holdUntil: 1_800_000_000_001, lockUntil: 1_800_000_000_002 }),
];
const LINES = [headerLine(HEADER), ...CHUNKS.map((one) => chunkLine(HEADER.epoch, one))];

/** A header of a later format, with its checksum. */
const FORMAT_2 = '8ca53742edd57abc {"format":2}\n';

/** A line with the checksum that it must have. */
function lineOf(json: string, epoch: string): string {
  const sum = createHash("sha256").update(`${epoch}\n${json}`).digest("hex");
  return `${sum.slice(0, 16)} ${json}\n`;
}

function read(text: string): ReadIndex {
  const result = readIndexText(Buffer.from(text));
  if ("why" in result) throw new Error(result.why);
  return result;
}

describe("readIndexText", () => {
  test("gives what was written", () => {
    const { header: found, chunks, dropped } = read(LINES.join(""));
    expect(found).toEqual(HEADER);
    expect([...chunks.values()]).toEqual(CHUNKS);
    expect(dropped).toBe(0);
  });

  test("takes the later one of two lines for the same plaintext", () => {
    const later = chunk(1, { name: chunk(9).name, stored: 1 });
    const { chunks } = read([...LINES, chunkLine(HEADER.epoch, later)].join(""));
    expect(chunks.get(later.digest)).toEqual(later);
    expect(chunks.size).toBe(3);
  });

  test("drops lines that are torn, wrong, or of another epoch, and nothing else", () => {
    const [head = "", one = "", two = "", three = ""] = LINES;
    const wrong = two.replace("1002", "1003");
    const other = chunkLine("another epoch", chunk(4));
    const { chunks, dropped } = read([head, one, wrong, "\n", other, three.slice(0, -9)].join(""));
    expect([...chunks.values()]).toEqual([CHUNKS[0]]);
    expect(dropped).toBe(3);
  });

  test("never reads a line that was changed as another chunk", () => {
    const text = LINES.join("");
    const known = new Set(CHUNKS.map((one) => JSON.stringify(one)));
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(text.length),
        (at, byte, end) => {
          const bytes = Buffer.from(text);
          bytes[at] = byte;
          const result = readIndexText(bytes.subarray(0, end));
          if ("why" in result) return;
          for (const one of result.chunks.values()) {
            expect(known).toContain(JSON.stringify(one));
          }
        },
      ),
    );
  });

  test.each([
    ["no JSON", "z"],
    ["JSON of another form", "[]"],
    [
      "a time that is no date",
      JSON.stringify([
        "a".repeat(64),
        1,
        CHUNKS[0]?.name,
        1,
        "b".repeat(64),
        8.65e15,
        null,
        null,
        null,
      ]),
    ],
    [
      "a name with another attempt id",
      JSON.stringify([
        "a".repeat(64),
        1,
        "../../etc/x.00000001",
        1,
        "b".repeat(64),
        1,
        null,
        null,
        null,
      ]),
    ],
    [
      "a digest that is none",
      JSON.stringify(["x".repeat(64), 1, CHUNKS[0]?.name, 1, "b".repeat(64), 1, null, null, null]),
    ],
    ["more than a megabyte", `["${"a".repeat(1_048_576)}"]`],
  ])("drops a line whose checksum is right with %s", (_, json) => {
    const { chunks, dropped } = read([...LINES, lineOf(json, HEADER.epoch)].join(""));
    expect([...chunks.values()]).toEqual(CHUNKS);
    expect(dropped).toBe(1);
  });

  test("takes no header that is no JSON, although its checksum is right", () => {
    expect(readIndexText(Buffer.from(lineOf("z", "")))).toEqual({
      why: "the chunk index is damaged",
    });
  });

  test.each([
    ["an empty file", "", "the chunk index is damaged"],
    ["something else", "hello\n", "the chunk index is damaged"],
    ["a torn header", LINES[0]?.slice(0, 100) ?? "", "the chunk index is damaged"],
    ["a changed header", LINES.join("").replace("offsite", "onsite"), "the chunk index is damaged"],
    ["one of another release", FORMAT_2, "another version of the program wrote the chunk index"],
  ])("says why %s can't be used", (_, text, why) => {
    expect(readIndexText(Buffer.from(text))).toEqual({ why });
  });
});
