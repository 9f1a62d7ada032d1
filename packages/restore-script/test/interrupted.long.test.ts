import { describe, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import { countStarts, expectWellInterrupted, momentsOf, SHELLS } from "./interrupted.ts";

const bench = await benchForTests();

describe.each(SHELLS)("Under %s, INT at the start of each program", (shell) => {
  test.each(momentsOf(shell))(
    "$when it works ends $run by $downloader at once, and leaves nothing",
    async (moment) => {
      expect.hasAssertions();
      const starts = await countStarts(bench, moment);
      for (let at = 1; at <= starts; at++) await expectWellInterrupted(bench, moment, at);
    },
  );
});
