import type { ShellPeer } from "./shell-peer.ts";

/** What the tar takes by itself, whatever is made of it. */
export const tarCreateAlone: ShellPeer = {
  name: "BackupPC_tarCreate alone",
  packages: [],
  script: `"$TAR_CREATE" > /dev/null`,
};
