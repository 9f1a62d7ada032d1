import { archiveHost } from "../contender/archive-host.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { tarCreateAlone } from "../contender/tar-create-alone.ts";
import { inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

/** A backup that is stored already, through the real BackupPC_tarCreate: the warm-up is the first night. */
export async function secondNight(options: BenchOptions): Promise<Report> {
  return await withNullScene(options, async (scene) => {
    const contenders = [archiveHost(scene, { nightly: true }), shellPeer(scene, tarCreateAlone)];
    const results = await inTurn(contenders, options.rounds, options.say);
    return comparisonReport("second-night", results, scene.input.bytes);
  });
}
