import { createS3Store } from "@backuppc-archive-s3/s3-transport";
import {
  type CephRgw,
  cephRgwPackages,
  createBucket,
  installDebianPackages,
  startCephRgw,
} from "@backuppc-archive-s3/test-rig";
import { archiveHost } from "../contender/archive-host.ts";
import { peerPackages } from "../contender/peer-packages.ts";
import { chosenPeers } from "../contender/peers.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { inTurn } from "../measure/in-turn.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { sectionOf } from "./section-of.ts";
import { withScene } from "./with-scene.ts";

const BUCKET = "offsite";

/** Beside every peer, into the same Ceph RGW. */
export async function rgw(options: BenchOptions): Promise<Report> {
  const peers = chosenPeers(options.peers);
  await installDebianPackages([...cephRgwPackages, ...peerPackages(peers)], options.say);
  // Memory would fill up: three times what is stored, for as long as the gateway has not collected its garbage.
  const store = await startCephRgw({ backing: "disk", say: options.say });
  try {
    await createBucket(store, BUCKET);
    return await withScene(options, { ...targetOf(store) }, emptied(store), async (scene) => {
      const contenders = [archiveHost(scene), ...peers.map((peer) => shellPeer(scene, peer))];
      const results = await inTurn(contenders, options.rounds, options.say);
      return comparisonReport(sectionOf("rgw", options.input), results, scene.input.bytes);
    });
  } finally {
    await store.stop();
  }
}

function targetOf({ endpoint, region, accessKeyId, secretAccessKey }: CephRgw) {
  return { endpoint, region, accessKeyId, secretAccessKey, bucket: BUCKET };
}

/** Deletes all objects, and has the gateway free their space at once rather than in two hours. */
function emptied(store: CephRgw): () => Promise<void> {
  const { endpoint, region, accessKeyId, secretAccessKey } = store;
  const credentials = { accessKeyId, secretAccessKey };
  const objects = createS3Store({ endpoint, region, bucket: BUCKET, credentials });
  return async () => {
    const keys: string[] = [];
    for await (const { key } of objects.list("")) keys.push(key);
    await objects.delete(keys);
    await store.adminCommand(["gc", "process", "--include-all"]);
  };
}
