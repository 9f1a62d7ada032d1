import type { ShellPeer } from "./shell-peer.ts";

/** Reads the files themselves, as it takes no tar: its own tar in volumes of a chunk, encrypted by gpg. */
export const duplicity: ShellPeer = duplicities("duplicity full", "full");

/** In full the first time, then what changed inside each file since the run before. */
export const incrementalDuplicity: ShellPeer = duplicities("duplicity incremental", "");

function duplicities(name: string, action: string): ShellPeer {
  return {
    name,
    packages: ["duplicity", "python3-boto3", "gpg"],
    script: `
export PASSPHRASE="$(cat "$PASSPHRASE_FILE")"
duplicity ${action} --verbosity warning --no-print-statistics --archive-dir "$SCRATCH" --tempdir "$SCRATCH" \\
  --volsize "$((CHUNK / 1048576))" --gpg-options "$GPG_MESSAGE" \\
  --s3-endpoint-url "$ENDPOINT" "$TREE" "boto3+s3://$BUCKET/duplicity-$RUN"`,
  };
}
