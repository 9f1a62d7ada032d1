import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { archiveHost } from "../contender/archive-host.ts";
import { backupManager } from "../contender/backup-manager.ts";
import { restores } from "../contender/restores.ts";
import type { Scene } from "../contender/scene.ts";
import { inTurn } from "../measure/in-turn.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withKeptScene } from "./with-kept-scene.ts";

/** The restore script beside a loop of gpg and tar over the same chunks. */
export async function restore(options: BenchOptions): Promise<Report> {
  return await withKeptScene(options, async (scene) => {
    await archive(scene);
    const results = await inTurn(restores(scene), options.rounds, options.say);
    const told = comparisonReport("restore", results, scene.input.bytes);
    const loop = told.figures["bare loop of gpg and tar, time"] ?? Number.NaN;
    return { ...told, figures: { ...told.figures, "kept chunks against the loop": 1 / loop } };
  });
}

/** Makes the archive, its restore script, and a folder of its chunks. */
async function archive(scene: Scene): Promise<void> {
  const { folder, passphraseFile } = scene;
  await mkdir(join(folder, "gnupg"), { mode: 0o700 });
  await measuredRun(await archiveHost(scene).prepare(0));
  const script = join(folder, "restore.sh");
  const named = ["-H", "bench", "-b", "1", "-f", script];
  await measuredRun(backupManager(join(folder, "config.toml"), ["script", ...named]));
  await measuredRun({
    program: "/bin/sh",
    args: [script, "--passphrase-file", passphraseFile, "--download", join(folder, "chunks")],
    env: { PATH: "/usr/bin:/bin", TMPDIR: folder, GNUPGHOME: join(folder, "gnupg") },
  });
}
