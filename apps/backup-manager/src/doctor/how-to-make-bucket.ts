import type { Settings } from "@backuppc-archive-s3/settings";

/** The command that makes the configured bucket. */
export function howToMakeBucket({
  bucket,
  endpoint,
  region,
  objectLock,
}: Pick<Settings, "bucket" | "endpoint" | "region" | "objectLock">): string {
  const isAws =
    endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
  // The default region alone is named by leaving it out; other stores have no such word.
  const isElsewhere = isAws && region !== "us-east-1";
  const words = [
    "aws",
    ...(endpoint === undefined ? [] : ["--endpoint-url", endpoint]),
    "s3api create-bucket --bucket",
    bucket,
    "--region",
    region,
    ...(isElsewhere ? [`--create-bucket-configuration LocationConstraint=${region}`] : []),
    ...(objectLock === undefined ? [] : ["--object-lock-enabled-for-bucket"]),
  ];
  return `Check \`bucket\`, \`region\` and \`endpoint\`, or make it with the keys of its owner: ${words.join(" ")}`;
}
