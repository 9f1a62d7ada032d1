import { join } from "node:path";
import { installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { archiveHost } from "../contender/archive-host.ts";
import { incrementalDuplicity } from "../contender/duplicity.ts";
import { peerPackages } from "../contender/peer-packages.ts";
import { compressingRestic, restic, resticOfFolder } from "../contender/restic.ts";
import type { Scene } from "../contender/scene.ts";
import { nightlyPeer, type ShellPeer } from "../contender/shell-peer.ts";
import { signingShellLoop } from "../contender/split-gpg-curl.ts";
import { writeTarCreate } from "../input/write-tar-create.ts";
import type { Contender } from "../measure/in-turn.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { livingHost } from "../nights/living-host.ts";
import { tarInPoolOrder } from "../nights/tar-in-pool-order.ts";
import { type Night, nightsReport } from "../report/nights-report.ts";
import type { Report } from "../report/report.ts";
import { type CountingProxy, startCountingProxy } from "../store/start-counting-proxy.ts";
import type { Target } from "../store/target.ts";
import { writePassphrase } from "../store/write-passphrase.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";
import { withRgw } from "./with-rgw.ts";

const PEERS: readonly ShellPeer[] = [
  restic,
  compressingRestic,
  resticOfFolder,
  incrementalDuplicity,
  signingShellLoop,
];

/** A machine that is backed up night after night, each time by all of them. */
export async function nights(options: BenchOptions): Promise<Report> {
  return nightsReport("nights", await measuredNights(options, false));
}

/** The same machine with a database that changes page by page. */
export async function nightsDatabase(options: BenchOptions): Promise<Report> {
  return nightsReport("nights-database", await measuredNights(options, true));
}

async function measuredNights(options: BenchOptions, database: boolean): Promise<Night[]> {
  await installDebianPackages(peerPackages(PEERS), options.say);
  return await withRgw(options.say, async (direct, store) => {
    const proxy = await startCountingProxy(store.endpoint);
    const target = { ...direct, endpoint: proxy.endpoint };
    // The shell loop overwrites what it stored the night before.
    const collect = async () => await store.adminCommand(["gc", "process", "--include-all"]);
    try {
      return await withFolder(async (folder) => {
        return await nightByNight(options, database, { folder, target, proxy, collect });
      });
    } finally {
      proxy.stop();
    }
  });
}

interface Place {
  readonly folder: string;
  readonly target: Target;
  readonly proxy: CountingProxy;
  /** Frees the space of what was overwritten. */
  readonly collect: () => Promise<unknown>;
}

async function nightByNight(
  { size, mean, chunkSize, rounds, say }: BenchOptions,
  database: boolean,
  { folder, target, proxy, collect }: Place,
): Promise<Night[]> {
  const [tree, tar] = [join(folder, "tree"), join(folder, "night.tar")];
  const tarCreate = await writeTarCreate(folder, `cat '${tar}'`);
  const passphraseFile = await writePassphrase(folder);
  const input = { tarCreate, tree, bytes: size };
  const putAway = async (): Promise<void> => {};
  const scene = { folder, input, target, mean, chunkSize, passphraseFile, putAway };
  const contenders = contendersIn(scene);
  const host = await livingHost(tree, { size, database });
  const measured: Night[] = [];
  for (let night = 1; night <= rounds; night += 1) {
    if (night > 1) await host.nextNight();
    const tarBytes = await tarInPoolOrder(tree, tar);
    say(`night ${night}: ${tarBytes} bytes of tar`);
    for (const contender of contenders) {
      const run = await oneRun(contender, night, proxy);
      say(`${contender.name}: ${(run.bytes / 1e6).toFixed(1)} MB in ${run.seconds.toFixed(1)} s`);
      measured.push({ ...run, contender: contender.name, night, tarBytes });
    }
    await collect();
  }
  return measured;
}

function contendersIn(scene: Scene): Contender[] {
  const compressed = { name: "archive-host, gzip", host: "gzip", compression: "/bin/gzip" };
  return [
    archiveHost(scene, { nightly: true }),
    archiveHost(scene, { ...compressed, nightly: true }),
    ...PEERS.map((peer) => nightlyPeer(scene, peer)),
  ];
}

async function oneRun(contender: Contender, night: number, proxy: CountingProxy) {
  const command = await contender.prepare(night);
  const before = await proxy.counted();
  const { seconds, cpuSeconds } = await measuredRun(command);
  const after = await proxy.counted();
  return {
    seconds,
    cpuSeconds,
    requests: after.requests - before.requests,
    bytes: after.bytes - before.bytes,
  };
}
