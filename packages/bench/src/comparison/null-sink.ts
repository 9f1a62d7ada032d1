import { archiveHost } from "../contender/archive-host.ts";
import { gpgAlone } from "../contender/gpg-alone.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { splitGpgCurl } from "../contender/split-gpg-curl.ts";
import { inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { sectionOf } from "./section-of.ts";
import { withNullScene } from "./with-null-scene.ts";

/** Our own ceiling: into a store that drops everything. */
export async function nullSink(options: BenchOptions): Promise<Report> {
  return await withNullScene(options, async (scene) => {
    const contenders = [
      archiveHost(scene),
      ...options.rivals.map((program) => archiveHost(scene, { name: program, program })),
      shellPeer(scene, splitGpgCurl),
      shellPeer(scene, gpgAlone),
    ];
    const results = await inTurn(contenders, options.rounds, options.say);
    return comparisonReport(sectionOf("null-sink", options.input), results, scene.input.bytes);
  });
}
