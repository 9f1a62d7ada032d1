import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { archiveHost } from "../contender/archive-host.ts";
import { type Contender, inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

/** As Debian has them, under the name of their package. */
const PROGRAMS = ["gzip", "pigz", "bzip2", "zstd"];

/** What archive-host compresses by itself, beside the programs that BackupPC may name, run as its filters. */
export async function compression(options: BenchOptions): Promise<Report> {
  const reason = "gzip in the process is measured beside it";
  await installDebianPackages(
    PROGRAMS.map((name) => ({ name, reason })),
    options.say,
  );
  return await withNullScene(options, async (scene) => {
    const asFilter = async (program: string): Promise<Contender> => {
      // Under its own name, gzip would be done without it.
      const link = join(scene.folder, `${program}-program`);
      await symlink(`/usr/bin/${program}`, link);
      return archiveHost(scene, { name: `${program} as a filter`, compression: link });
    };
    const ours = archiveHost(scene, { name: "gzip in the process", compression: "/usr/bin/gzip" });
    const contenders = [ours, ...(await Promise.all(PROGRAMS.map(asFilter)))];
    const results = await inTurn(contenders, options.rounds, options.say);
    return comparisonReport("compression", results, scene.input.bytes);
  });
}
