import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { expect, test } from "vitest";
import { changesBetween } from "../../src/diff/changes-between.ts";
import { indexed, stream } from "../members/indexed.ts";

async function signs(before: readonly IndexedMember[], after: readonly IndexedMember[]) {
  const changes = await changesBetween(stream(before), stream(after));
  return changes.map(({ name, before: old, after: now }) => {
    if (old === undefined) return `+${name}`;
    return now === undefined ? `-${name}` : `M${name}`;
  });
}

test("names that were added, removed or changed, in order", async () => {
  const before = [indexed("./a"), indexed("./b"), indexed("./c")];
  const after = [indexed("./d"), indexed("./c", { size: 1 }), indexed("./a")];
  expect(await signs(before, after)).toEqual(["-b", "Mc", "+d"]);
});

test.each([{ mode: 0o600 }, { uid: 5 }, { gid: 5 }, { mtime: 1 }, { size: 1 }, { type: "2" }])(
  "a file with another %j has changed",
  async (change) => {
    expect(await signs([indexed("./a")], [indexed("./a", change)])).toEqual(["Ma"]);
  },
);

test("a folder's time and the offset of a file say nothing", async () => {
  const before = [indexed("./"), indexed("./dir/"), indexed("./a")];
  const after = [
    indexed("./", { mtime: 1 }),
    indexed("./dir/", { mtime: 5, size: 1 }),
    indexed("./a", { offset: 512 }),
  ];
  expect(await signs(before, after)).toEqual([]);
  expect(await signs([indexed("./dir/")], [indexed("./dir/", { mode: 0o700 })])).toEqual(["Mdir"]);
});

test("a file is the same whichever of its names the tar has as the hard link", async () => {
  const before = [indexed("./a"), indexed("./b", { type: "1", size: 0 })];
  const after = [indexed("./a", { type: "1", size: 0 }), indexed("./b")];
  expect(await signs(before, after)).toEqual([]);
});
