import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { ArchiverError } from "../../src/archiver-error.ts";
import { memberLine } from "../../src/members/member-line.ts";
import { parseMemberLine } from "../../src/members/parse-member-line.ts";

const NUMBERS = {
  offset: 512,
  length: 1024,
  type: "0",
  mode: 0o4755,
  uid: 1,
  gid: 2,
  mtime: -5,
  size: 9,
};

test("A line of the member index: whatever a path holds, one line that gives it back", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: ["./etc/passwd", "a\tb\nc\\d", "\\0011", "caf\u00e9 \u{1f600}"],
    parse: (path) => {
      const line = memberLine({ ...NUMBERS, path }, 512);
      expect(line.indexOf("\n")).toBe(line.length - 1);
      const read = parseMemberLine(line.subarray(0, -1));
      expect(read).toEqual({ ...NUMBERS, linkOffset: 512, path: Buffer.from(path) });
      return true;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "lines of the member index", ...tally } });
});

test("A line that is read: a member with sound numbers, or a typed error", async ({ task }) => {
  const tally = await fuzz({
    samples: [
      "0\t1536\t0\t0644\t0\t0\t1700000000\t700\t-\t./etc/passwd",
      "512\t512\t1\t4755\t1\t2\t-5\t0\t0\ta\\0011b",
    ],
    parse: (line) => {
      const { path: _, type, linkOffset = 0, ...numbers } = parseMemberLine(line);
      expect(type).toHaveLength(1);
      for (const number of [...Object.values(numbers), linkOffset])
        expect(number).toSatisfy(Number.isSafeInteger);
      return true;
    },
    refusals: [ArchiverError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "lines of the member index, read", ...tally } });
});
