import { describe, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import { countStarts, expectWellInterrupted, momentsOf, SHELLS } from "./interrupted.ts";

const bench = await benchForTests();

/** A sample of interrupted.long.test.ts. */
describe.each(SHELLS)("Under %s, INT at the start of a program", (shell) => {
  test.each(
    momentsOf(shell).filter((_, at) => (at + Math.floor(at / 4)) % 4 === SHELLS.indexOf(shell)),
  )("$when it works ends $run by $downloader at once, and leaves nothing", async (moment) => {
    expect.hasAssertions();
    const starts = await countStarts(bench, moment);
    for (const part of [0.2, 0.6, 0.9]) {
      await expectWellInterrupted(bench, moment, Math.ceil(starts * part));
    }
  });
});
