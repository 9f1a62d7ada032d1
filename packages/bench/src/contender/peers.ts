import { BenchError } from "../bench-error.ts";
import { duplicity } from "./duplicity.ts";
import { rclone } from "./rclone.ts";
import { restic } from "./restic.ts";
import { s3cmd } from "./s3cmd.ts";
import type { ShellPeer } from "./shell-peer.ts";
import { splitGpgAws } from "./split-gpg-aws.ts";
import { staged } from "./staged.ts";

/** All that archive-host is measured beside on a real store, by the name on the command line. */
const PEERS: Readonly<Record<string, ShellPeer>> = {
  aws: splitGpgAws,
  staged,
  restic,
  rclone,
  s3cmd,
  duplicity,
};

/** Those named, or all. @throws {BenchError} for a name that none has */
export function chosenPeers(names: readonly string[]): readonly ShellPeer[] {
  if (names.length === 0) return Object.values(PEERS);
  return names.map((name) => {
    const peer = Object.hasOwn(PEERS, name) ? PEERS[name] : undefined;
    if (peer !== undefined) return peer;
    throw new BenchError(`No peer is named ${name}: ${Object.keys(PEERS).join(", ")}.`);
  });
}
