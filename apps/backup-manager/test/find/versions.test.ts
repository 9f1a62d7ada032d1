import { expect, test } from "vitest";
import { numbersText } from "../../src/find/find-table.ts";
import { Versions } from "../../src/find/versions.ts";
import { indexed } from "../members/indexed.ts";

test("archives that have a file unchanged are one version", () => {
  const nights = [1, 2, 3].map(archiveOf);
  const versions = new Versions();
  for (const [at, archive] of nights.entries())
    versions.add(indexed("./etc/fstab", { size: at === 2 ? 9 : 7 }), archive);
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
  versions.add(indexed("a", { size: 1 }), first);
  versions.add(indexed("a", { size: 1 }), second);
  versions.add(indexed("a", { size: 2 }), second);
  expect(
    versions
      .found("gandalf")[0]
      ?.versions.map(({ member, archives }) => [member.size, archives.length]),
  ).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test("numbers that follow each other are a range", () => {
  expect(numbersText([1, 2, 3, 5, 7, 8])).toBe("1-3, 5, 7-8");
  expect(numbersText([4])).toBe("4");
  expect(numbersText([4, 4, 5])).toBe("4-5");
});

function archiveOf(number: number) {
  return { number, attempt: `attempt-${number}` };
}
