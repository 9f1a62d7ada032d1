import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { benchForTests, GZIP } from "./bench-for-tests.ts";

const bench = await benchForTests();

describe.each(["dash", "bash"])("Under %s", (shell) => {
  const restore = async (...args: string[]) =>
    await bench.run(["--passphrase-file", bench.passphraseFile, ...args], { shell });

  test("a script that is cut off between two functions, or before its last line, says so", async () => {
    await bench.archive(GZIP);
    const whole = await bench.script();
    for (const before of ["\nsave_chunks() {", "\nprint_chunks() {", '\nmain "$@"']) {
      await writeFile(bench.path("restore.sh"), whole.slice(0, whole.indexOf(before)));
      const ended = await restore("restored");
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/is cut off before its end: copy it again\.$/);
    }
  });

  test("a script with Windows line ends says how to remove them", async () => {
    await bench.archive(GZIP);
    const script = await bench.script();
    await writeFile(bench.path("restore.sh"), script.replaceAll("\n", "\r\n"));
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.stderr).toMatch(/^\S+: This script has Windows line ends\. .*tr -d '\\015'.*\n$/);
  });
});
