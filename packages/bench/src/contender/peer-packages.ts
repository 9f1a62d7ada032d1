import type { DebianPackage } from "@backuppc-archive-s3/test-rig";
import type { ShellPeer } from "./shell-peer.ts";

/** Debian's packages that these peers are made of. */
export function peerPackages(peers: readonly ShellPeer[]): readonly DebianPackage[] {
  return [...new Set(peers.flatMap(({ packages }) => packages))].map((name) => ({
    name,
    reason: "archive-host is measured beside it",
  }));
}
