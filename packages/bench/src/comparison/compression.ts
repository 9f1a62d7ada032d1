import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { archiveHost } from "../contender/archive-host.ts";
import { peerPackages } from "../contender/peer-packages.ts";
import type { Scene } from "../contender/scene.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { splitGzipGpgCurl } from "../contender/split-gpg-curl.ts";
import { type Contender, inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

/** As Debian has them, under the name of their package. */
const PROGRAMS = ["gzip", "pigz", "bzip2", "zstd"];

/** What archive-host compresses by itself, beside the shell's loop and the programs that BackupPC may name as filters. */
export async function compression(options: BenchOptions): Promise<Report> {
  const programs = PROGRAMS.map((name) => ({ name, reason: "archive-host runs it as a filter" }));
  const igzip = { name: "isal", reason: "archive-host compresses by igzip where it is installed" };
  const packages = [igzip, ...programs, ...peerPackages([splitGzipGpgCurl])];
  await installDebianPackages(packages, options.say);
  return await withNullScene(options, async (scene) => {
    const contenders = [
      archiveHost(scene, { name: "archive-host, gzip by igzip", compression: "/usr/bin/gzip" }),
      shellPeer(scene, splitGzipGpgCurl),
      ...(await Promise.all(PROGRAMS.map((name) => asFilter(scene, name)))),
    ];
    const results = await inTurn(contenders, options.rounds, options.say);
    return comparisonReport("compression", results, scene.input.bytes);
  });
}

async function asFilter(scene: Scene, program: string): Promise<Contender> {
  // archive-host has ways of its own for the formats that it knows the names of.
  const link = join(scene.folder, `${program}-program`);
  await symlink(`/usr/bin/${program}`, link);
  return archiveHost(scene, {
    name: `${program} as a filter`,
    compression: link,
    settings: { filters: [link] },
  });
}
