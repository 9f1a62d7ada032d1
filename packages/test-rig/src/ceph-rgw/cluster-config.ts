/** Where the cluster keeps its objects: `memory` is quick to start, `disk` is for more than 1 GiB. */
export type CephBacking = "memory" | "disk";

export interface ClusterPlan {
  /** Holds all that the cluster writes. */
  readonly folder: string;
  readonly fsid: string;
  /** The monitor's ports, for both versions of its protocol, and the gateway's. */
  readonly monitorPort: number;
  readonly oldMonitorPort: number;
  readonly gatewayPort: number;
  readonly backing: CephBacking;
  /** Buckets are known as host names below this one, too. */
  readonly dnsName?: string | undefined;
}

/** Name of the gateway's own Ceph user. */
export const gatewayName = "client.rgw.a";

/** The ceph.conf of a cluster of one monitor, one disk and one gateway that all stay on the loopback. */
export function clusterConfig(plan: ClusterPlan): string {
  const { folder } = plan;
  return `[global]
fsid = ${plan.fsid}
mon host = ${monitorAddress(plan)}
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
public network = 127.0.0.1/32
cluster network = 127.0.0.1/32
ms bind ipv6 = false
auth allow insecure global id reclaim = false
run dir = ${folder}
admin socket = ${folder}/$name.asok
log file = ${folder}/$name.log
crash dir = ${folder}
keyring = ${keyringFile(folder)}
# one disk holds the only copy
osd pool default size = 1
osd pool default min size = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
osd crush chooseleaf type = 0
# a nearly full disk is no concern of a test
mon data avail warn = 2
mon data avail crit = 1
# the monitor decides alone, so it need not wait for others: the start takes 3 s instead of 20 s
paxos propose interval = 0.02
paxos min wait = 0.01

[mon]
mon data = ${folder}/mon.a

[osd]
osd data = ${folder}/osd.0
${backingConfig[plan.backing]}

[${gatewayName}]
rgw frontends = beast endpoint=127.0.0.1:${plan.gatewayPort}
rgw data = ${folder}
${plan.dnsName === undefined ? "" : `rgw dns name = ${plan.dnsName}`}
rgw thread pool size = 64
rgw enable usage log = false
rgw enable ops log = false
`;
}

/** How others reach the monitor. */
export function monitorAddress({ monitorPort, oldMonitorPort }: ClusterPlan): string {
  return `[v2:127.0.0.1:${monitorPort},v1:127.0.0.1:${oldMonitorPort}]`;
}

export function configFile(folder: string): string {
  return `${folder}/ceph.conf`;
}

export function keyringFile(folder: string): string {
  return `${folder}/keyring`;
}

const backingConfig: Readonly<Record<CephBacking, string>> = {
  memory: "osd objectstore = memstore\nmemstore device bytes = 4G",
  // The file is sparse: it takes no more of the disk than what is stored.
  disk: "osd objectstore = bluestore\nbluestore block size = 16G\nbluestore block create = true",
};
