import type { ShellPeer } from "./shell-peer.ts";

const CURL = "curl --silent --show-error --fail";

/** One chunk after the other, streamed: what a shell does at its best where the store asks for no signature. */
export const splitGpgCurl: ShellPeer = {
  name: "split + gpg + curl -T -",
  packages: ["gpg", "curl"],
  script: splitInto(`$GPG | ${CURL} -T - $ENDPOINT/$BUCKET/$RUN/\\$FILE`),
};

/** The same with gzip before gpg. */
export const splitGzipGpgCurl: ShellPeer = {
  name: "split + gzip + gpg + curl -T -",
  packages: ["gzip", "gpg", "curl"],
  script: splitInto(`gzip | $GPG | ${CURL} -T - $ENDPOINT/$BUCKET/$RUN/\\$FILE`),
};

/** Into a store that asks for signatures, and thus for a length: each chunk is a file first. */
export const signingShellLoop: ShellPeer = {
  name: "split + gpg + curl",
  packages: ["gpg", "curl"],
  script: `
SIGNED='--header x-amz-content-sha256:UNSIGNED-PAYLOAD'
SIGNED="$SIGNED --aws-sigv4 aws:amz:$AWS_DEFAULT_REGION:s3 --user $AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"
cd "$SCRATCH"
${splitInto(`$GPG > \\$FILE && ${CURL} $SIGNED -T \\$FILE $ENDPOINT/$BUCKET/$RUN/\\$FILE && rm \\$FILE`)}`,
};

function splitInto(filter: string): string {
  return `
"$TAR_CREATE" | split --bytes="$CHUNK" --numeric-suffixes --suffix-length=5 \\
  --filter="${filter}" - chunk.`;
}
