import { randomUUID } from "node:crypto";
import type { CephRgwDetails } from "./admin-command.ts";
import { createStoreUser } from "./create-store-user.ts";
import { putBucketPolicy } from "./put-bucket-policy.ts";

/**
 * A user of its own who may put objects into a bucket and nothing else: no list, no read, no delete.
 *
 * @param rights more of them, such as `s3:PutObjectRetention`
 * @returns the store as that user sees it
 * @throws {RigError} `refused` with the store's answer
 */
export async function createUploader(
  store: CephRgwDetails,
  bucket: string,
  rights: readonly string[] = [],
): Promise<CephRgwDetails> {
  const user = await createStoreUser(store.configFile, `uploader-${randomUUID()}`);
  const Action = ["s3:PutObject", ...rights];
  const Principal = { AWS: [`arn:aws:iam:::user/${user.userId}`] };
  const objects = `arn:aws:s3:::${bucket}/*`;
  const others = ["s3:Get*", "s3:List*", "s3:Delete*"];
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal, Action, Resource: objects },
      // Else the objects' own lists would let their owner read them.
      { Effect: "Deny", Principal, Action: others, Resource: objects },
    ],
  };
  await putBucketPolicy(store, bucket, policy);
  return { ...store, ...user };
}
