import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Scene } from "../contender/scene.ts";
import type { Command } from "../measure/measured-run.ts";

/** Runs a restore script into an empty folder, or with other arguments. */
export async function restoreCommand(
  { folder, passphraseFile }: Scene,
  script: string,
  ...args: readonly string[]
): Promise<Command> {
  const home = join(folder, "gnupg");
  await mkdir(home, { recursive: true, mode: 0o700 });
  const last = args.length === 0 ? [join(folder, "restored")] : args;
  return {
    program: "/bin/sh",
    args: [script, "--passphrase-file", passphraseFile, ...last],
    env: { PATH: "/usr/bin:/bin", TMPDIR: folder, GNUPGHOME: home },
  };
}
