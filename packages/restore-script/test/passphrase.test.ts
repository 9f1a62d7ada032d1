import { readdir, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import { PASSPHRASE } from "./stored-archive.ts";

const bench = await benchForTests();

describe.each(["dash", "bash"])("Under %s", (shell) => {
  const restore = async (...args: string[]) =>
    await bench.run(["--passphrase-file", bench.passphraseFile, ...args], { shell });

  test("the wrong passphrase restores nothing", async () => {
    await bench.archive(GZIP);
    const ended = await bench.run(["--passphrase-file", "-", "restored"], {
      shell,
      stdin: "wrong\n",
    });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The passphrase is wrong/);
    expect(await readdir(bench.path("restored"))).toEqual([]);
    expect(await restore("restored")).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("without the sums, too, the wrong passphrase is reported", async () => {
    await bench.archive({ ...GZIP, sums: false });
    const ended = await bench.run(["--passphrase-file=-", "--without-sums", "restored"], {
      shell,
      stdin: "wrong",
    });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The passphrase is wrong/);
  });

  test("a script whose chunks are swapped disagrees with the encrypted sums", async () => {
    await bench.archive(GZIP, { reorder: true });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/differs from the encrypted SHA256SUMS\. Nothing was restored/);
    expect(bench.server.requests).toEqual(["SHA256SUMS.gpg"]);
  });

  test("--verify finds plaintext that is not what was archived", async () => {
    const forge = (text: string): string =>
      text.replace(/[0-9a-f]{64}(?= {2}gandalf\.7\.tar\.00000002\n)/, "0".repeat(64));
    await bench.archive({ ...GZIP, forgeSums: forge });
    const ended = await restore("--verify");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/Chunk 2 of .*not what was archived/);
  });

  test("without a terminal it asks for --passphrase-file", async () => {
    await bench.archive(GZIP);
    const ended = await bench.run(["restored"], { shell });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/no terminal .*--passphrase-file/);
    expect(await restore("restored")).toMatchObject({ status: 0 });
  });

  test.each([true, false])(
    "on a terminal a mistyped passphrase is asked for again (sums: %s)",
    async (sums) => {
      await bench.archive({ ...GZIP, sums });
      const answers = ["mistyped", "again", PASSPHRASE];
      const { stdout, status } = await bench.runOnTerminal(
        [...(sums ? [] : ["--without-sums"]), "restored"],
        shell,
        ...answers,
      );
      expect(status).toBe(0);
      expect(stdout.match(/That is not the passphrase/g)).toHaveLength(2);
      expect(stdout).not.toContain(PASSPHRASE);
      expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
    },
  );

  test("Ctrl-\\ at the prompt ends it, and leaves no temporary file", async () => {
    await bench.archive(GZIP);
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, "\u001C");
    expect(status).toBe(131);
    expect(stdout).toMatch(/Interrupted\./);
    await bench.nothingIsLeft();
  });

  test("Ctrl-Z at the prompt does not stop it, since the passphrase would be shown afterwards", async () => {
    await bench.archive(GZIP);
    const answers = ["\u001Amistyped", PASSPHRASE];
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, ...answers);
    expect(status).toBe(0);
    expect(stdout).not.toContain(PASSPHRASE);
  });

  test("Enter alone is asked again, and gpg asks for nothing itself", async () => {
    await bench.archive(GZIP);
    const answers = ["mistyped", "", PASSPHRASE];
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, ...answers);
    expect(status).toBe(0);
    expect(stdout.match(/Nothing was typed\./g)).toHaveLength(1);
  });

  test("three times Enter end it", async () => {
    await bench.archive(GZIP);
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, "", "", "");
    expect(status).toBe(1);
    expect(stdout.trimEnd()).toMatch(/Without the passphrase nothing can be decrypted\.$/);
  });

  test("three wrong passphrases end it", async () => {
    await bench.archive(GZIP);
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, "a", "b", "c");
    expect(status).toBe(1);
    expect(stdout.trimEnd()).toMatch(
      /The passphrase is wrong: gpg cannot decrypt the data key with it/,
    );
    expect(await readdir(bench.path("restored"))).toEqual([]);
  });

  test("a passphrase file that was edited on Windows is understood", async () => {
    await bench.archive(GZIP);
    for (const text of [`${PASSPHRASE}\r\n`, `\uFEFF${PASSPHRASE}\r\n`, `\uFEFF${PASSPHRASE}`]) {
      await writeFile(bench.path("secret.txt"), text);
      expect(
        await bench.run(["--passphrase-file", "secret.txt", "--verify"], { shell }),
      ).toMatchObject({ status: 0 });
    }
  });
});
