import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Contender } from "../measure/in-turn.ts";
import { writeConfiguration } from "../store/write-configuration.ts";
import { workFolder } from "./archive-host.ts";
import type { Scene } from "./scene.ts";

const PROGRAM = fileURLToPath(new URL("../small-chunks/small-chunks-program.js", import.meta.url));

/**
 * The engine as a library, since archive-host makes no chunks as small: an archive of 20,000 chunks would be one of
 * 40 GB. Each run is the night after the one before.
 */
export function smallChunks(scene: Scene): Contender {
  const { folder, input, target, chunkSize, passphraseFile } = scene;
  const stateDirectory = workFolder(scene);
  return {
    name: "archiver, small chunks",
    prepare: async (run) => {
      await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
      const settings = { passphraseFile, stateDirectory };
      const configuration = await writeConfiguration(folder, target, settings);
      const args = [PROGRAM, configuration, stateDirectory, `${run + 1}`, `${chunkSize}`];
      const script = `"$1" 2>/dev/null | "$2" "\${@:3}"`;
      return {
        program: "/bin/bash",
        args: ["-c", script, "archive", input.tarCreate, process.execPath, ...args],
        env: { PATH: "/usr/bin:/bin" },
      };
    },
  };
}
