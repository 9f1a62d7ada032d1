import type { ShellPeer } from "./shell-peer.ts";

/**
 * The Python predecessor's way: the whole tar on disk, cut by split, gpg in as many processes as CPUs, and one
 * upload at a time, of what is encrypted already. curl signs, so that no interpreter's start counts.
 */
export const staged: ShellPeer = {
  name: "staged, as the predecessor",
  packages: ["gpg", "curl"],
  script: `
cd "$SCRATCH"
"$TAR_CREATE" > bench.1.tar
split --bytes="$CHUNK" --suffix-length=4 bench.1.tar bench.1.tar.
rm bench.1.tar
ls | xargs -P "$(nproc)" -I{} sh -c "$GPG --output {}.gpg {} && rm {} && echo {}.gpg" |
  while read -r file; do
    curl --silent --show-error --fail --aws-sigv4 "aws:amz:$AWS_DEFAULT_REGION:s3" \\
      --header "x-amz-content-sha256: UNSIGNED-PAYLOAD" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -T "$file" "$ENDPOINT/$BUCKET/$RUN/$file" </dev/null
  done`,
};
