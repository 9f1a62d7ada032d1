import fc from "fast-check";
import { expect, test } from "vitest";
import { mailText } from "../../src/nightly/mail.ts";
import { KINDS, nextCommand } from "../../src/nightly/trouble.ts";
import { EXAMPLES } from "./trouble.ts";

const examples = Object.values(EXAMPLES);

test("Where nothing is wrong there is no mail", () => {
  expect(mailText([])).toBe("");
});

test("It begins with what to do, the most urgent first, and ends with a line for each trouble", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(examples, { minLength: 1 }), (troubles) => {
      const [first, ...lines] = mailText(troubles).trimEnd().split("\n");
      expect(first).toMatch(/^What to do/);
      const todos = lines.slice(0, lines.indexOf(""));
      const order = Object.values(KINDS).map(({ todo }) => `- ${todo}`);
      const places = todos.map((line) => order.findIndex((todo) => line.startsWith(todo)));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(todos).toHaveLength(troubles.length);
      expect(lines.slice(lines.indexOf("") + 2)).toHaveLength(troubles.length);
    }),
  );
});

test("A kind stands once among what to do, with its hosts; many are counted", () => {
  const hosts = ["a", "b", "c", "d", "e", "f", "g"];
  const text = mailText(hosts.map((host) => ({ ...EXAMPLES.overdue, host })));
  expect(text).toContain(
    "- Find out why the host is not archived, and archive it. (a, b, c, d, e and 2 hosts more)\n",
  );
});

test("A host's name becomes neither shell nor a line of its own", () => {
  const host = "a'; rm -rf / #\n$(x)";
  expect(nextCommand({ kind: "overdue", host })).toBe(
    `backup-manager run -H 'a'\\''; rm -rf / #\n$(x)'`,
  );
  expect(
    mailText([{ ...EXAMPLES.overdue, host }])
      .trimEnd()
      .split("\n"),
  ).toHaveLength(5);
});
