// How people call it, and what they pipe it into.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";

const bench = await benchForTests({});

describe.each(["dash", "bash"])("Under %s", (shell) => {
  const restore = async (...args: string[]): Promise<Ended> =>
    await bench.run(["--passphrase-file", bench.passphraseFile, ...args], { shell });

  test.each([
    [["--verify", "restored"], /--verify restores nothing, so it takes neither .*: restored/],
    [["--output", "x.tar", "./numbers"], /--output restores nothing, .*: \.\/numbers/],
    [["--list", "--verify"], /--list and --verify cannot be used together/],
    [["--output=x.tar", "--list"], /--output and --list cannot be used together/],
    [["--output", ""], /--output needs a value/],
    [["--download=", "restored"], /--download needs a value/],
    [[""], /No directory to restore into was given/],
    [["restored", ""], /A member has no name/],
  ])("%j is reported as wrong usage before anything is done", async (args, reason) => {
    const ended = await restore(...args);
    expect(ended).toMatchObject({ status: 2 });
    expect(ended.lastLine).toMatch(reason);
    expect(bench.server.requests).toEqual([]);
    expect(await readdir(bench.folder)).toEqual(["restore.sh"]);
  });

  test.each([
    ["nowhere/x.tar", /There is no directory .*nowhere/],
    ["folder", /This is a directory, and the tar needs a file: .*folder/],
  ])(
    "a tar that cannot be written to %s is reported before anything is fetched",
    async (to, reason) => {
      await mkdir(bench.path("folder"));
      const ended = await restore("--output", to);
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(reason);
      expect(bench.server.requests).toEqual([]);
    },
  );

  test("standard output is no file, whatever is called like it", async () => {
    await writeFile(bench.path("-"), "mine");
    expect(await restore("--output", "-")).toMatchObject({ status: 0 });
  });

  test.each([[["--list"]], [["--output", "-"]]])("%j may be read in part", async (args) => {
    // Both are longer than what waits between the two programs.
    const folder = "$(head -c 50000 /dev/zero | tr '\\0' x)";
    await bench.archive({ tarOptions: `--transform "s,^,${folder}/,"` });
    const secret = ["--passphrase-file", bench.passphraseFile];
    const ended = await bench.run([...secret, ...args], { shell, readsInPart: true });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The reader of the output has ended, so this has ended, too\.$/);
    await bench.nothingIsLeft();
  });
});
