import type { ShellPeer } from "./shell-peer.ts";

/** One object in parts of a chunk, four at a time; the parts wait in memory. */
export const rclone: ShellPeer = {
  name: "rclone rcat, crypt",
  packages: ["rclone"],
  script: `
export RCLONE_CONFIG_STORE_TYPE=s3 RCLONE_CONFIG_STORE_PROVIDER=Ceph RCLONE_CONFIG_STORE_ENV_AUTH=true
export RCLONE_CONFIG_STORE_ENDPOINT="$ENDPOINT" RCLONE_CONFIG_STORE_NO_CHECK_BUCKET=true
export RCLONE_CONFIG_CRYPT_TYPE=crypt RCLONE_CONFIG_CRYPT_REMOTE="store:$BUCKET/rclone-$RUN"
export RCLONE_CONFIG_CRYPT_PASSWORD="$(rclone obscure - < "$PASSPHRASE_FILE")"
"$TAR_CREATE" | rclone rcat --config "" --s3-chunk-size "\${CHUNK}B" --s3-upload-concurrency 4 crypt:bench.tar`,
};
