import { userInfo } from "node:os";

export interface SwiftPlan {
  /** Holds all that Swift writes. */
  readonly folder: string;
  readonly ports: Readonly<Record<SwiftServer | "memcached", number>>;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type SwiftServer = "account" | "container" | "object" | "proxy";

/** Servers that keep something, each on the one disk of its ring. */
export const KEEPERS = ["account", "container", "object"] as const;

/** What all servers share: the salt of the names on disk. */
export const SHARED_CONFIG = `[swift-hash]
swift_hash_path_prefix = test
swift_hash_path_suffix = rig
[storage-policy:0]
name = only
default = yes
`;

export function keeperConfig(name: (typeof KEEPERS)[number], plan: SwiftPlan): string {
  return `${common(name, plan)}devices = ${plan.folder}/disks
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
[pipeline:main]
pipeline = ${name}-server
[app:${name}-server]
use = egg:swift#${name}
`;
}

/** Each request goes through these, from the first to the last. */
const FILTERS = {
  catch_errors: "",
  gatekeeper: "",
  healthcheck: "",
  cache: "memcache",
  listing_formats: "",
  bulk: "",
  s3api: "",
  tempauth: "",
  slo: "",
  versioned_writes: "",
} as const;

export function proxyConfig(plan: SwiftPlan): string {
  const [account, user] = plan.accessKeyId.split(":");
  const settings: Readonly<Record<string, string>> = {
    cache: `memcache_servers = 127.0.0.1:${plan.ports.memcached}`,
    s3api: "location = us-east-1",
    tempauth: `user_${account}_${user} = ${plan.secretAccessKey} .admin`,
  };
  const filters = Object.entries(FILTERS).map(
    ([name, egg]) => `[filter:${name}]\nuse = egg:swift#${egg || name}\n${settings[name] ?? ""}\n`,
  );
  return `${common("proxy", plan)}[pipeline:main]
pipeline = ${Object.keys(FILTERS).join(" ")} proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
${filters.join("")}`;
}

function common(name: SwiftServer, { folder, ports }: SwiftPlan): string {
  return `[DEFAULT]
swift_dir = ${folder}
bind_ip = 127.0.0.1
bind_port = ${ports[name]}
workers = 1
user = ${userInfo().username}
log_level = WARNING
log_address = ${folder}/no-syslog
`;
}
