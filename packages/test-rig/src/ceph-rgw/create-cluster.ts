import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { ensureProgram } from "../program/ensure-program.ts";
import {
  clusterConfig,
  configFile,
  gatewayName,
  keyringFile,
  monitorAddress,
  type ClusterPlan,
} from "./cluster-config.ts";

/** Writes all that the monitor needs for its first start: configuration, keys and its own store. */
export async function createCluster(plan: ClusterPlan): Promise<void> {
  const { folder } = plan;
  await mkdir(`${folder}/mon.a`);
  await mkdir(`${folder}/osd.0`);
  await writeFile(configFile(folder), clusterConfig(plan));
  await createKeys(keyringFile(folder));
  await createMonitorStore(plan);
}

/** Registers the disk with the running monitor and writes its empty store. */
export async function createDisk({ folder }: ClusterPlan): Promise<void> {
  const config = ["-c", configFile(folder)];
  const uuid = randomUUID();
  await ensureProgram("ceph", [...config, "osd", "new", uuid]);
  await ensureProgram("ceph-osd", [...config, "-i", "0", "--mkfs", "--osd-uuid", uuid]);
}

/** The pools that the gateway would otherwise make one by one, slowly, at its start and at the first bucket. */
export async function createPools({ folder }: ClusterPlan): Promise<void> {
  const create = pools.map((pool) => `osd pool create ${pool} 4\n`).join("");
  // One interactive session, since each start of `ceph` takes longer than its command.
  await ensureProgram("ceph", ["-c", configFile(folder)], { input: create });
}

const pools: readonly string[] = [
  ".rgw.root",
  "default.rgw.log",
  "default.rgw.control",
  "default.rgw.meta",
  "default.rgw.buckets.index",
  "default.rgw.buckets.data",
  "default.rgw.buckets.non-ec",
];

const rights: readonly (readonly [name: string, ...rights: string[]])[] = [
  ["mon.", "mon", "allow *"],
  ["client.admin", "mon", "allow *", "osd", "allow *", "mgr", "allow *"],
  ["osd.0", "mon", "allow profile osd", "osd", "allow *", "mgr", "allow profile osd"],
  [gatewayName, "mon", "allow rw", "osd", "allow rwx", "mgr", "allow rw"],
];

async function createKeys(keyring: string): Promise<void> {
  await ensureProgram("ceph-authtool", ["--create-keyring", keyring]);
  for (const [name, ...owned] of rights) {
    const caps = owned.flatMap((word, index) => (index % 2 === 0 ? ["--cap", word] : [word]));
    await ensureProgram("ceph-authtool", [keyring, "--gen-key", "-n", name, ...caps]);
  }
}

async function createMonitorStore(plan: ClusterPlan): Promise<void> {
  const { folder, fsid } = plan;
  const map = `${folder}/monmap`;
  const addresses = ["--addv", "a", monitorAddress(plan)];
  await ensureProgram("monmaptool", ["--create", "--fsid", fsid, ...addresses, map]);
  const made = ["--mkfs", "-i", "a", "--monmap", map, "--keyring", keyringFile(folder)];
  await ensureProgram("ceph-mon", ["-c", configFile(folder), ...made]);
}
