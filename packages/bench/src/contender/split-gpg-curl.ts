import type { ShellPeer } from "./shell-peer.ts";

/** One chunk after the other, streamed: what a shell does at its best where the store asks for no signature. */
export const splitGpgCurl: ShellPeer = {
  name: "split + gpg + curl -T -",
  packages: ["gpg", "curl"],
  script: `
"$TAR_CREATE" | split --bytes="$CHUNK" --numeric-suffixes --suffix-length=5 \\
  --filter="$GPG | curl --silent --show-error --fail -T - $ENDPOINT/$BUCKET/$RUN/\\$FILE" - chunk.`,
};
