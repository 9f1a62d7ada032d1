import type { ShellPeer } from "./shell-peer.ts";

/** One process on one message, which it reads from a file itself. */
export const gpgSymmetric: ShellPeer = {
  name: "gpg --symmetric",
  packages: ["gpg"],
  script: `$GPG < "$TREE/random" > /dev/null`,
};
