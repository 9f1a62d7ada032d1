import type { ShellPeer } from "./shell-peer.ts";

/** One message in parts of a chunk, one after the other. */
export const s3cmd: ShellPeer = {
  name: "gpg + s3cmd put -",
  packages: ["gpg", "s3cmd"],
  script: `
umask 077
printf '[default]\\naccess_key = %s\\nsecret_key = %s\\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" > "$SCRATCH/s3cfg"
"$TAR_CREATE" | $GPG | s3cmd --config "$SCRATCH/s3cfg" --quiet --no-ssl --host "\${ENDPOINT#http://}" \\
  --host-bucket "\${ENDPOINT#http://}" --multipart-chunk-size-mb "$((CHUNK / 1048576))" put - "s3://$BUCKET/s3cmd-$RUN/bench.tar"`,
};
