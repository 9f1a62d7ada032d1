import { expect, test } from "vitest";
import { table, tableLines } from "../../src/text/table.ts";

test("cells stand under their titles, and no line ends in spaces", () => {
  const columns = [
    { title: "Host", align: "left" },
    { title: "Bytes", align: "right" },
    { title: "Note", align: "left" },
  ] as const;
  const rows = [
    ["gandalf", "7", ""],
    ["sam", "123456", "young"],
  ];
  expect(table(columns, rows)).toBe(
    "Host      Bytes  Note\ngandalf       7\nsam      123456  young\n",
  );
});

test("there is no limit to the rows", () => {
  const rows = Array.from({ length: 300_000 }, (_, index) => [`${index}`]);
  const lines = table([{ title: "Number", align: "right" }], rows).split("\n");
  expect(lines.slice(0, 2)).toEqual(["Number", "     0"]);
  expect(lines.at(-2)).toBe("299999");
});

test("its lines can be had one by one, of rows that are made anew each time", () => {
  let made = 0;
  const rows = {
    *[Symbol.iterator]() {
      for (const word of ["a", "bcd"]) {
        made++;
        yield [word, "."];
      }
    },
  };
  const columns = [
    { title: "At", align: "right" },
    { title: "", align: "left" },
  ] as const;
  const lines = tableLines(columns, rows);
  expect(lines.next().value).toBe(" At\n");
  expect(made).toBe(2);
  expect([...lines]).toEqual(["  a  .\n", "bcd  .\n"]);
  expect(made).toBe(4);
});
