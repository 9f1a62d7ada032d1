import { expect, test } from "vitest";
import { perlList, perlString } from "../../../src/backuppc/set-up/perl-string.ts";

test("Nothing in a Perl string is special but quotes and backslashes, which are escaped.", () => {
  expect(perlString("$host @list it's \\n")).toBe("'$host @list it\\'s \\\\n'");
});

test("A list is in brackets.", () => {
  expect(perlList(["a", "b c"])).toBe("['a', 'b c']");
});
