import { archiveHost } from "../contender/archive-host.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { splitGpgCurl } from "../contender/split-gpg-curl.ts";
import { inTurn } from "../measure/in-turn.ts";
import { comparisonReport, type Report } from "../report/comparison-report.ts";
import { startNullStore } from "../store/start-null-store.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withScene } from "./with-scene.ts";

/** Our own ceiling: into a store that drops everything. */
export async function nullSink(options: BenchOptions): Promise<Report> {
  const store = await startNullStore();
  const target = {
    endpoint: store.endpoint,
    bucket: "null",
    region: "us-east-1",
    accessKeyId: "bench",
    secretAccessKey: "bench",
  };
  try {
    const nothing = async (): Promise<void> => {};
    return await withScene(options, target, nothing, async (scene) => {
      const contenders = [archiveHost(scene), shellPeer(scene, splitGpgCurl)];
      const results = await inTurn(contenders, options.rounds, options.say);
      return comparisonReport("null-sink", results, scene.input.bytes);
    });
  } finally {
    store.stop();
  }
}
