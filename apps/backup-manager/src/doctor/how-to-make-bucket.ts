import type { Settings } from "@backuppc-archive-s3/settings";

/** The command that makes the configured bucket. */
export function howToMakeBucket({
  bucket,
  endpoint,
  region,
  objectLock,
}: Pick<Settings, "bucket" | "endpoint" | "region" | "objectLock">): string {
  const isElsewhere = endpoint === undefined && region !== "us-east-1";
  const words = [
    "aws",
    ...(endpoint === undefined ? [] : ["--endpoint-url", endpoint]),
    "s3api create-bucket --bucket",
    bucket,
    ...(endpoint === undefined ? ["--region", region] : []),
    ...(isElsewhere ? [`--create-bucket-configuration LocationConstraint=${region}`] : []),
    ...(objectLock === undefined ? [] : ["--object-lock-enabled-for-bucket"]),
  ];
  return `Check \`bucket\`, \`region\` and \`endpoint\`, or make it with the keys of its owner: ${words.join(" ")}`;
}
