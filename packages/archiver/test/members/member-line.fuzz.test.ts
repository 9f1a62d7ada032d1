import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { memberLine } from "../../src/members/member-line.ts";

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

/** What `printf %b` makes of an escaped path. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(\\|0[0-7]{3})/g, (_, escape: string) =>
    escape === "\\" ? "\\" : String.fromCharCode(Number.parseInt(escape, 8)),
  );
}

test("A line of the member index: whatever a path holds, one line that gives it back", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: ["./etc/passwd", "a\tb\nc\\d", "\\0011", "caf\u00e9 \u{1f600}"],
    parse: (path) => {
      const line = memberLine({ ...NUMBERS, path }, 512).toString("latin1");
      expect(line.indexOf("\n")).toBe(line.length - 1);
      const fields = line.slice(0, -1).split("\t");
      expect(fields.slice(0, 9)).toEqual(["512", "1024", "0", "4755", "1", "2", "-5", "9", "512"]);
      expect(fields).toHaveLength(10);
      expect(unescaped(fields[9] ?? "")).toBe(Buffer.from(path).toString("latin1"));
      return true;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "lines of the member index", ...tally } });
});
