import { expect, test } from "vitest";
import { numbersText } from "../../src/find/find-table.ts";
import { Versions } from "../../src/find/versions.ts";
import { indexed } from "../members/indexed.ts";

test("archives that have a file unchanged are one version", () => {
  const nights = [1, 2, 3].map(archiveOf);
  const versions = new Versions();
  for (const [at, archive] of nights.entries())
    versions.add(indexed("./etc/fstab", { size: at === 2 ? 9 : 7 }), archive, NO_LINKS);
  const [found] = versions.found("gandalf");
  expect(found?.name).toBe("etc/fstab");
  expect(found?.versions.map(({ archives }) => archives.map(({ number }) => number))).toEqual([
    [1, 2],
    [3],
  ]);
});

test("of one name twice in a tar the later member counts", () => {
  const versions = new Versions();
  const [first, second] = [archiveOf(1), archiveOf(2)];
  versions.add(indexed("a", { size: 1 }), first, NO_LINKS);
  versions.add(indexed("a", { size: 1 }), second, NO_LINKS);
  versions.add(indexed("a", { size: 2 }), second, NO_LINKS);
  expect(
    versions
      .found("gandalf")[0]
      ?.versions.map(({ member, archives }) => [member.size, archives.length]),
  ).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test("a hard link that leads to another file is another version", () => {
  const versions = new Versions();
  const link = { type: "1", size: 0, linkOffset: 512 };
  versions.add(indexed("link", link), archiveOf(1), new Map([[512, "a"]]));
  versions.add(
    indexed("link", { ...link, linkOffset: 1024 }),
    archiveOf(2),
    new Map([[1024, "a"]]),
  );
  versions.add(indexed("link", link), archiveOf(3), new Map([[512, "b"]]));
  const [found] = versions.found("gandalf");
  expect(found?.versions.map(({ archives }) => archives.map(({ number }) => number))).toEqual([
    [1, 2],
    [3],
  ]);
});

test("numbers that follow each other are a range", () => {
  expect(numbersText([1, 2, 3, 5, 7, 8])).toBe("1-3, 5, 7-8");
  expect(numbersText([4])).toBe("4");
  expect(numbersText([4, 4, 5])).toBe("4-5");
});

const NO_LINKS = new Map<number, string>();

function archiveOf(number: number) {
  return { number, attempt: `attempt-${number}` };
}
