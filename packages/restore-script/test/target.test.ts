// Where the script refuses to restore to. Its tar does nothing here, so that no fault of the script's can touch this system.
import { symlink } from "node:fs/promises";
import { beforeEach, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";

const HARMLESS = { tar: "#!/bin/sh\ncat >/dev/null\n" };
const bench = await benchForTests({});

beforeEach(async () => {
  await symlink("/", bench.path("link"));
});

test.each(["dash", "bash", "busybox sh", "ksh", "zsh --emulate sh"])(
  "under %s, the system that runs is not restored onto, whatever is asked for",
  async (shell) => {
    expect.hasAssertions();
    for (const args of [["/"], ["--force", "/"], ["--force", "/", "etc/passwd"]])
      await isRefused(args, shell);
  },
);

test.each(["//", "/etc/..", "link", "/proc/self/root", "/usr", "/bin", "/usr/lib/."])(
  "nor is it as %s",
  async (target) => {
    expect.hasAssertions();
    await isRefused(["--force", target], "sh");
  },
);

async function isRefused(args: readonly string[], shell: string): Promise<void> {
  const secret = ["--passphrase-file", bench.passphraseFile];
  const ended = await bench.run([...secret, ...args], { shell, programs: HARMLESS });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(
    /This system runs from .*: replacing its files .* Start a rescue system .* mount the disk/,
  );
  expect(bench.server.requests).toEqual([]);
  await bench.nothingIsLeft();
}
