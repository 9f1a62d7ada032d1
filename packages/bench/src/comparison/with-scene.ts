import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Scene } from "../contender/scene.ts";
import { makeInput } from "../input/make-input.ts";
import type { Target } from "../store/target.ts";
import type { BenchOptions } from "./bench-options.ts";

/** Sets up a folder, an input and a passphrase for a comparison, and removes them after it. */
export async function withScene<Value>(
  options: BenchOptions,
  target: Target,
  putAway: Scene["putAway"],
  use: (scene: Scene) => Promise<Value>,
): Promise<Value> {
  const { input: kind, size, chunkSize, say } = options;
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  try {
    const passphraseFile = join(folder, "passphrase");
    await writeFile(passphraseFile, "correct horse battery staple\n", { mode: 0o600 });
    const input = await makeInput(folder, kind, size);
    say(`input: ${kind}, ${input.bytes} bytes of tar, chunks of ${chunkSize} bytes`);
    return await use({ folder, input, target, chunkSize, passphraseFile, putAway });
  } finally {
    await endAgent(join(folder, "gnupg"));
    await rm(folder, { recursive: true, force: true });
  }
}

/** gpg leaves an agent behind, which ends by itself only when it finds its folder gone. */
async function endAgent(home: string): Promise<void> {
  await promisify(execFile)("gpgconf", ["--homedir", home, "--kill", "gpg-agent"]).catch(() => {});
}
