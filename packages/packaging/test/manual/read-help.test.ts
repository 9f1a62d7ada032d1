import { describe, expect, test } from "vitest";
import { exitStatusOf, readHelp } from "../../src/manual/read-help.ts";

const HELP = `program list [-H HOST]
[--long]

List
them.

Which ones:
  -H, --host HOST      only this host
      --directory DIR  where it goes, which is a
                       long story
      --a-very-long-option FILE
                       below it

Examples:
  # list all
  program list

See elsewhere.

Exit status: 0 done, 2 usage, or
configuration, 13 damage.
`;

describe("readHelp", () => {
  const help = readHelp(HELP);

  test("takes usage, paragraphs and examples apart", () => {
    expect(help).toMatchObject({
      usage: "program list [-H HOST] [--long]",
      paragraphs: ["List them.", "See elsewhere.", expect.stringMatching(/^Exit status/)],
      examples: ["# list all", "program list"],
    });
  });

  test("joins meanings of several rows", () => {
    expect(help.groups).toEqual([
      {
        heading: "Which ones",
        items: [
          ["-H, --host HOST", "only this host"],
          ["--directory DIR", "where it goes, which is a long story"],
          ["--a-very-long-option FILE", "below it"],
        ],
      },
    ]);
  });

  test("reads what each exit status means", () => {
    expect(exitStatusOf(help)).toEqual([
      ["0", "done"],
      ["2", "usage, or configuration"],
      ["13", "damage"],
    ]);
  });
});
