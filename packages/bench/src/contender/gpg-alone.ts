import type { ShellPeer } from "./shell-peer.ts";

/** Encryption and nothing else: one message, thrown away. */
export const gpgAlone: ShellPeer = {
  name: "gpg alone",
  packages: ["gpg"],
  script: `"$TAR_CREATE" | $GPG > /dev/null`,
};
