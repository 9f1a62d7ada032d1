import type { Role } from "../command-line/invocation.ts";

/** An IAM policy, as AWS, Ceph and MinIO read it. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringLike: { readonly "s3:prefix": readonly string[] } };
}

/**
 * The least rights with which the role's work can be done in that bucket, below that prefix.
 *
 * @param purgeVersions a manager's work, too: every version is deleted
 */
export function leastPolicy(
  role: Role,
  store: { readonly bucket: string; readonly prefix: string },
  purgeVersions = false,
): Policy {
  const { bucket, prefix } = store;
  const purge = purgeVersions && role === "manager" ? purging(bucket, prefix) : [];
  return { Version: "2012-10-17", Statement: [...STATEMENTS[role](bucket, prefix), ...purge] };
}

/** What `delete --purge-versions` needs beside. */
function purging(bucket: string, prefix: string): Statement[] {
  const keys = [`${prefix}archives/*`, `${prefix}chunks/*`];
  return [
    listing("ListVersions", ["s3:ListBucketVersions"], bucket, [`${prefix}*`]),
    objects("DeleteVersions", ["s3:DeleteObjectVersion"], bucket, keys),
  ];
}

const STATEMENTS: Readonly<Record<Role, (bucket: string, prefix: string) => Statement[]>> = {
  // What takes over the BackupPC server can add archives, and neither read nor delete one.
  uploader: (bucket, prefix) => [
    objects("StoreArchives", ["s3:PutObject"], bucket, [
      `${prefix}archives/*`,
      `${prefix}chunks/*`,
    ]),
  ],
  manager: (bucket, prefix) => [
    listing("ListArchives", ["s3:ListBucket"], bucket, [`${prefix}*`]),
    objects("ReadAndDeleteArchives", ["s3:GetObject", "s3:DeleteObject"], bucket, [
      `${prefix}archives/*`,
      `${prefix}chunks/*`,
    ]),
  ],
  // A presigned URL can do what its signer may.
  signer: (bucket, prefix) => [
    listing("ListArchives", ["s3:ListBucket"], bucket, [`${prefix}archives/*`]),
    objects("ReadArchives", ["s3:GetObject"], bucket, [`${prefix}archives/*`, `${prefix}chunks/*`]),
  ],
};

function objects(
  Sid: string,
  Action: readonly string[],
  bucket: string,
  keys: readonly string[],
): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: keys.map((key) => `arn:aws:s3:::${bucket}/${key}`),
  };
}

function listing(
  Sid: string,
  Action: readonly string[],
  bucket: string,
  prefixes: readonly string[],
): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: [`arn:aws:s3:::${bucket}`],
    Condition: { StringLike: { "s3:prefix": prefixes } },
  };
}
