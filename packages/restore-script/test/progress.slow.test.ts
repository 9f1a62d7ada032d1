import { describe, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import { PASSPHRASE } from "./stored-archive.ts";

const bench = await benchForTests({});

describe.each(["dash", "bash"])("Under %s", (shell) => {
  test("where no terminal is, progress is a line every ten seconds, and one at the end", async () => {
    const args = ["--passphrase-file", bench.passphraseFile, "restored"];
    const began = performance.now();
    const { stderr } = await bench.run(args, { shell });
    const tens = Math.floor((performance.now() - began) / 10_000);
    const lines = stderr.split("\n").filter((line) => line.startsWith("chunk"));
    const form = /^chunk \d of \d, \d+ %, [\d.]+ (bytes|kB|MB)\/s, \d+:\d\d:\d\d left$/;
    expect(lines.length).toBeLessThanOrEqual(1 + tens);
    for (const line of lines) expect(line).toMatch(form);
    expect(lines.at(-1)).toContain(" 100 %");
  });

  test("reading a long list of chunks is announced, before the passphrase is asked for", async () => {
    const chunk = {
      name: "20261122T031500Z-5f3a9c.00000001.gpg",
      url: `${bench.server.origin}/1.gpg`,
      storedLength: 1000,
      tarLength: 1000,
      sha256: "a".repeat(64),
    };
    await bench.archive({}, { chunks: Array.from({ length: 10_000 }, () => chunk) });
    const { stderr } = await bench.run(["restored"], { shell });
    expect(stderr.split("\n")).toEqual([
      "Reading the list of 10000 chunks, which takes some seconds.",
      expect.stringMatching(/There is no terminal to ask for the passphrase/),
      "",
    ]);
  });

  test("URLs that will not live long enough are reported once, as soon as that is seen", async () => {
    // A clock that goes 2,000 seconds on whenever it is looked at.
    const date = `#!/bin/sh
echo >>looks
echo $(($(/bin/date +%s) + 2000 * $(wc -l <looks)))
`;
    const args = ["--passphrase-file", bench.passphraseFile, "restored"];
    const { status, stderr } = await bench.run(args, { shell, programs: { date } });
    expect(status).toBe(0);
    expect(stderr.match(/at this rate the URLs expire before the end/g)).toHaveLength(1);
  });

  test("on a terminal one line is written over every second, and messages stand for themselves", async () => {
    bench.server.faults.set("3.gpg", {
      faults: Array.from({ length: 3 }, () => ({ status: 500 })),
    });
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, PASSPHRASE);
    expect(status).toBe(0);
    const lines = stdout.split("\r\u001B[K");
    expect(lines).toContainEqual(expect.stringMatching(/^chunk \d of \d, [1-9]\d %, [^\n]* left$/));
    const told =
      /^20261122T031500Z-5f3a9c\.00000003\.gpg: the store answers HTTP 500\. Trying again in 2 s/;
    expect(lines).toContainEqual(expect.stringMatching(told));
    expect(stdout.trimEnd().split("\r").at(-1)).toMatch(/Restored backup 7 of gandalf/);
  });
});
