import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Daemon, startDaemon } from "../program/daemon.ts";
import { ensureProgram } from "../program/ensure-program.ts";
import { freePorts } from "../program/free-ports.ts";
import {
  KEEPERS,
  keeperConfig,
  proxyConfig,
  SHARED_CONFIG,
  type SwiftPlan,
} from "./swift-config.ts";

/** A running OpenStack Swift that speaks S3. */
export interface Swift {
  /** `http://127.0.0.1:PORT`; buckets are addressed in the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Ends its servers and removes all that they wrote. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts OpenStack Swift with its S3 interface and one user, in a fresh
 * temporary folder and on free ports of the loopback. It dies with this process.
 *
 * @throws {RigError} `missing` if Swift is not installed, `not-ready` if a server does not start
 */
export async function startSwift(): Promise<Swift> {
  const plan = await planSwift();
  const daemons: Daemon[] = [];
  const stop = async (): Promise<void> => {
    for (const daemon of daemons.splice(0).toReversed()) await daemon.stop();
    await rm(plan.folder, { recursive: true, force: true });
  };
  try {
    await writeConfig(plan);
    await startServers(plan, daemons);
  } catch (error) {
    await stop();
    throw error;
  }
  const { accessKeyId, secretAccessKey, ports } = plan;
  const endpoint = `http://127.0.0.1:${ports.proxy}`;
  return { endpoint, region: "us-east-1", accessKeyId, secretAccessKey, stop };
}

async function planSwift(): Promise<SwiftPlan> {
  const [account = 0, container = 0, object = 0, proxy = 0, memcached = 0] = await freePorts(5);
  return {
    folder: await mkdtemp(join(tmpdir(), "swift-")),
    ports: { account, container, object, proxy, memcached },
    accessKeyId: "test:tester",
    secretAccessKey: "testing",
  };
}

async function writeConfig(plan: SwiftPlan): Promise<void> {
  const { folder, ports } = plan;
  await mkdir(join(folder, "disks", "disk"), { recursive: true });
  await writeFile(join(folder, "swift.conf"), SHARED_CONFIG);
  await writeFile(join(folder, "proxy.conf"), proxyConfig(plan));
  for (const name of KEEPERS) {
    await writeFile(join(folder, `${name}.conf`), keeperConfig(name, plan));
    const ring = join(folder, `${name}.builder`);
    // A ring of four partitions and one copy, whose only disk is ours.
    await ensureProgram("swift-ring-builder", [ring, "create", "2", "1", "0"]);
    const disk = `r1z1-127.0.0.1:${ports[name]}/disk`;
    await ensureProgram("swift-ring-builder", [ring, "add", disk, "1"]);
    await ensureProgram("swift-ring-builder", [ring, "rebalance"]);
  }
}

async function startServers({ folder, ports }: SwiftPlan, daemons: Daemon[]): Promise<void> {
  const start = async (name: string, port: number, program: string, ...args: string[]) => {
    const daemon = startDaemon(program, args, join(folder, `${name}.out`));
    daemons.push(daemon);
    await daemon.answers(port);
  };
  const loopback = ["-l", "127.0.0.1", "-U", "0", "-u", "root"];
  await start("memcached", ports.memcached, "memcached", "-p", `${ports.memcached}`, ...loopback);
  for (const name of [...KEEPERS, "proxy"] as const) {
    await start(name, ports[name], `swift-${name}-server`, join(folder, `${name}.conf`));
  }
}
