import { ensureProgram } from "../program/ensure-program.ts";
import { gatewayName } from "./cluster-config.ts";

/** A running Ceph RGW as plain data: enough to use and to administer it from another process. */
export interface CephRgwDetails {
  /** `http://127.0.0.1:PORT`; buckets are addressed in the path. */
  readonly endpoint: string;
  readonly region: string;
  /** Name of the store's user, for `radosgw-admin`. */
  readonly userId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The cluster's ceph.conf. */
  readonly configFile: string;
}

/**
 * Runs `radosgw-admin` on that cluster; gives what it printed.
 *
 * @example
 * await adminCommand(store, ["user", "suspend", `--uid=${store.userId}`]); // now all is 403
 */
export async function adminCommand(
  { configFile }: Pick<CephRgwDetails, "configFile">,
  args: readonly string[],
): Promise<string> {
  return await ensureProgram("radosgw-admin", ["-c", configFile, "-n", gatewayName, ...args]);
}
