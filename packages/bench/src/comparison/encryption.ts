import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gpgSymmetric } from "../contender/gpg-symmetric.ts";
import type { Scene } from "../contender/scene.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { type Contender, inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

const PROGRAM = fileURLToPath(new URL("../encryption/encrypt-program.js", import.meta.url));

/** The encryption alone, from a file to nowhere: on all CPUs, beside gpg on one. */
export async function encryption(options: BenchOptions): Promise<Report> {
  return await withNullScene({ ...options, input: "random" }, async (scene) => {
    const contenders = [encryptorPool(scene), shellPeer(scene, gpgSymmetric)];
    const results = await inTurn(contenders, options.rounds, options.say);
    return comparisonReport("encryption", results, (await stat(plainFile(scene))).size);
  });
}

function encryptorPool(scene: Scene): Contender {
  return {
    name: `encryptor pool, ${availableParallelism()} threads`,
    prepare: async () => ({
      program: process.execPath,
      args: [PROGRAM, plainFile(scene), `${scene.mean}`],
      env: { PATH: "/usr/bin:/bin" },
    }),
  };
}

function plainFile({ input }: Scene): string {
  return join(input.tree, "random");
}
