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

test.each(SHELLS)(
  "Under %s, a run that ends when a fetch has just been started has one end, and leaves nothing",
  async (shell) => {
    await bench.archive({ chunkSize: 20_000 });
    const started = '    in_background "$started" &\n';
    const ending = '    [ "$started" -lt 3 ] || die "It ends here."\n';
    await bench.edit((text) =>
      text.replace("BATCH=32000000", "BATCH=40000").replace(started, started + ending),
    );
    for (let round = 0; round < 10; round++) {
      const args = ["--force", "--passphrase-file", bench.passphraseFile, "restored"];
      const { status, stderr } = await bench.run(args, { shell });
      // On a slow machine a line of progress appears, every ten seconds.
      const told = stderr.replace(/^chunk .*\n/gm, "");
      expect({ status, told }).toEqual({ status: 1, told: "restore.sh: It ends here.\n" });
      await bench.nothingIsLeft();
    }
  },
);
