import type { ShellPeer } from "./shell-peer.ts";

/** What the AWS command line's users do: one chunk after the other, streamed into `aws s3 cp -`. */
export const splitGpgAws: ShellPeer = {
  name: "split + gpg + aws s3 cp -",
  packages: ["gpg", "awscli"],
  script: `
"$TAR_CREATE" | split --bytes="$CHUNK" --numeric-suffixes --suffix-length=5 \\
  --filter="$GPG | aws --endpoint-url $ENDPOINT s3 cp --only-show-errors - s3://$BUCKET/$RUN/\\$FILE" - chunk.`,
};
