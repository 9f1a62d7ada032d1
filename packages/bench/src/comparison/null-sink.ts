import { archiveHost } from "../contender/archive-host.ts";
import { gpgAlone } from "../contender/gpg-alone.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { splitGpgCurl } from "../contender/split-gpg-curl.ts";
import { inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import { nullTarget } from "../store/null-target.ts";
import { startNullStore } from "../store/start-null-store.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withScene } from "./with-scene.ts";

/** Our own ceiling: into a store that drops everything. */
export async function nullSink(options: BenchOptions): Promise<Report> {
  const store = await startNullStore();
  try {
    const nothing = async (): Promise<void> => {};
    return await withScene(options, nullTarget(store.endpoint), nothing, async (scene) => {
      const contenders = [
        archiveHost(scene),
        ...options.rivals.map((program) => archiveHost(scene, { name: program, program })),
        shellPeer(scene, splitGpgCurl),
        shellPeer(scene, gpgAlone),
      ];
      const results = await inTurn(contenders, options.rounds, options.say);
      return comparisonReport("null-sink", results, scene.input.bytes);
    });
  } finally {
    store.stop();
  }
}
