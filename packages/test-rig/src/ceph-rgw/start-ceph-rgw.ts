import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Say } from "../say.ts";
import { adminCommand, type CephRgwDetails } from "./admin-command.ts";
import { configFile, gatewayName, type CephBacking, type ClusterPlan } from "./cluster-config.ts";
import { createCluster, createDisk, createPools } from "./create-cluster.ts";
import { createStoreUser } from "./create-store-user.ts";
import { startDaemon, type Daemon } from "../program/daemon.ts";
import { ensureCephPrograms } from "./ensure-ceph-programs.ts";
import { freePorts } from "../program/free-ports.ts";

export interface CephRgwOptions {
  /** `memory` unless given. Memory takes three times what is stored. */
  readonly backing?: CephBacking;
  /** Buckets are known as host names below this one, too. */
  readonly dnsName?: string;
  readonly say?: Say;
}

export interface CephRgw extends CephRgwDetails {
  /** The same as plain data, for other processes. */
  readonly details: CephRgwDetails;
  /** What `radosgw-admin` prints; throws if it fails. */
  adminCommand(args: readonly string[]): Promise<string>;
  /** Has the gateway hang: what connects waits, and nothing is answered until {@link resume}. */
  pause(): void;
  /** May be called where it does not hang. */
  resume(): void;
  /** Ends its daemons and removes all that they wrote. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts Ceph's S3 store with one user: a cluster of its own in a fresh
 * temporary folder, on free ports of the loopback, so that several can run at once.
 * It dies with this process.
 *
 * @throws {RigError} `missing` if Ceph's programs are not installed, `not-ready` if one does not start
 */
export async function startCephRgw(options: CephRgwOptions = {}): Promise<CephRgw> {
  const { backing = "memory", dnsName, say = () => {} } = options;
  await ensureCephPrograms();
  const plan = { ...(await planCluster(backing)), dnsName };
  const daemons: Daemon[] = [];
  const stop = async (): Promise<void> => {
    daemons.at(-1)?.signal("SIGCONT");
    for (const daemon of daemons.splice(0).toReversed()) await daemon.stop();
    await rm(plan.folder, { recursive: true, force: true });
  };
  try {
    const started = Date.now();
    say(`Ceph RGW: starting in ${plan.folder}`);
    const details = await startCluster(plan, daemons);
    say(`Ceph RGW: ${details.endpoint} answers after ${Date.now() - started} ms`);
    const admin: CephRgw["adminCommand"] = async (args) => await adminCommand(details, args);
    // The gateway was started last.
    const gateway = daemons.at(-1);
    const pause = (): void => gateway?.signal("SIGSTOP");
    const resume = (): void => gateway?.signal("SIGCONT");
    return { ...details, details, adminCommand: admin, pause, resume, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function planCluster(backing: CephBacking): Promise<ClusterPlan> {
  const [monitorPort = 0, oldMonitorPort = 0, gatewayPort = 0] = await freePorts(3);
  const folder = await mkdtemp(join(tmpdir(), "ceph-rgw-"));
  return { folder, fsid: randomUUID(), monitorPort, oldMonitorPort, gatewayPort, backing };
}

async function startCluster(plan: ClusterPlan, daemons: Daemon[]): Promise<CephRgwDetails> {
  const { folder, gatewayPort } = plan;
  const config = configFile(folder);
  const start = (program: string, ...args: string[]): Daemon => {
    const daemon = startDaemon(
      program,
      ["-f", "-c", config, ...args],
      join(folder, `${program}.out`),
    );
    daemons.push(daemon);
    return daemon;
  };
  await createCluster(plan);
  await start("ceph-mon", "-i", "a").answers(plan.monitorPort);
  await createDisk(plan);
  start("ceph-osd", "-i", "0");
  await createPools(plan);
  const user = await createStoreUser(config);
  await start("radosgw", "-n", gatewayName).answers(gatewayPort);
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  return { endpoint, region: "us-east-1", configFile: config, ...user };
}
