import type { ShellPeer } from "./shell-peer.ts";

/**
 * The Python program's way: the whole tar on disk, cut by split, gpg in as many processes as CPUs, and one
 * upload at a time, of what is encrypted already, whose MD5 is held against the store's. curl signs, so that no
 * interpreter's start counts.
 */
export const staged: ShellPeer = {
  name: "staged, as the Python program",
  packages: ["gpg", "curl", "openssl"],
  script: `
cd "$SCRATCH"
"$TAR_CREATE" > bench.1.tar
split --bytes="$CHUNK" --suffix-length=4 bench.1.tar bench.1.tar.
rm bench.1.tar
ls | xargs -P "$(nproc)" -I{} sh -c "$GPG --output {}.gpg {} && rm {} && echo {}.gpg" |
  while read -r file; do
    etag=$(curl --silent --show-error --fail --aws-sigv4 "aws:amz:$AWS_DEFAULT_REGION:s3" \\
      --header "x-amz-content-sha256: UNSIGNED-PAYLOAD" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
      --write-out '%header{etag}' -T "$file" "$ENDPOINT/$BUCKET/$RUN/$file" </dev/null)
    sum=$(openssl dgst -md5 -r "$file")
    # The null store's is no MD5.
    [ "$etag" = "\\"\${sum%% *}\\"" ] || [ "$etag" = '"00000000000000000000000000000000"' ] || { echo "$file: not as it was sent" >&2; exit 1; }
  done`,
};
