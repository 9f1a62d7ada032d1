import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Scene } from "../contender/scene.ts";
import { makeInput } from "../input/make-input.ts";
import type { Target } from "../store/target.ts";
import { writePassphrase } from "../store/write-passphrase.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";

/** Sets up a folder, an input and a passphrase for a comparison, and removes them after it. */
export async function withScene<Value>(
  options: BenchOptions,
  target: Target,
  putAway: Scene["putAway"],
  use: (scene: Scene) => Promise<Value>,
): Promise<Value> {
  const { input: kind, size, mean, chunkSize, say } = options;
  return await withFolder(async (folder) => {
    const passphraseFile = await writePassphrase(folder);
    const input = await makeInput(folder, kind, size, say);
    say(`input: ${kind}, ${input.bytes} bytes of tar`);
    try {
      return await use({ folder, input, target, mean, chunkSize, passphraseFile, putAway });
    } finally {
      await endAgent(join(folder, "gnupg"));
    }
  });
}

/** gpg leaves an agent behind, which ends by itself only when it finds its folder gone. */
async function endAgent(home: string): Promise<void> {
  await promisify(execFile)("gpgconf", ["--homedir", home, "--kill", "gpg-agent"]).catch(() => {});
}
