import { createS3 } from "@backuppc-archive-s3/s3-transport";
import { type CephRgw, installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { archiveHost } from "../contender/archive-host.ts";
import { peerPackages } from "../contender/peer-packages.ts";
import { chosenPeers } from "../contender/peers.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { Target } from "../store/target.ts";
import type { BenchOptions } from "./bench-options.ts";
import { sectionOf } from "./section-of.ts";
import { withRgw } from "./with-rgw.ts";
import { withScene } from "./with-scene.ts";

/** Beside every peer, into the same Ceph RGW. */
export async function rgw(options: BenchOptions): Promise<Report> {
  const peers = chosenPeers(options.peers);
  await installDebianPackages(peerPackages(peers), options.say);
  return await withRgw(options.say, async (target, store) => {
    return await withScene(options, target, emptied(target, store), async (scene) => {
      const contenders = [archiveHost(scene), ...peers.map((peer) => shellPeer(scene, peer))];
      const results = await inTurn(contenders, options.rounds, options.say);
      return comparisonReport(sectionOf("rgw", options.input), results, scene.input.bytes);
    });
  });
}

/** Deletes all objects, and has the gateway free their space at once rather than in two hours. */
function emptied(target: Target, store: CephRgw): () => Promise<void> {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = target;
  const credentials = { accessKeyId, secretAccessKey };
  const objects = createS3({ endpoint, region, bucket, credentials }).store;
  return async () => {
    const keys: string[] = [];
    for await (const { key } of objects.list("")) keys.push(key);
    await objects.delete(keys);
    await store.adminCommand(["gc", "process", "--include-all"]);
  };
}
