/** An IAM policy, as AWS, Ceph and MinIO read it. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?:
    | { readonly StringLike: { readonly "s3:prefix": readonly string[] } }
    /** The request must have the header. */
    | { readonly Null: { readonly "s3:if-none-match": "false" } };
}

interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Rights to objects. @param keys patterns below the prefix */
export function objects(
  Sid: string,
  Action: readonly string[],
  { bucket, prefix }: Place,
  keys: readonly string[],
): Statement {
  const Resource = keys.map((key) => `arn:aws:s3:::${bucket}/${prefix}${key}`);
  return { Sid, Effect: "Allow", Action, Resource };
}

/** Rights to list. @param folders below the prefix */
export function listing(
  Sid: string,
  Action: readonly string[],
  { bucket, prefix }: Place,
  folders: readonly string[],
): Statement {
  const patterns = folders.map((folder) => `${prefix}${folder}*`);
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: [`arn:aws:s3:::${bucket}`],
    Condition: { StringLike: { "s3:prefix": patterns } },
  };
}
