import type { CephRgwDetails } from "./admin-command.ts";
import { createStoreUser } from "./create-store-user.ts";
import { putBucketPolicy } from "./put-bucket-policy.ts";

export interface PolicyUserOptions {
  readonly userId: string;
  /** Of the store's own user. A policy that it has already is replaced. */
  readonly bucket: string;
  /** An IAM policy, as it would be attached to the user. */
  readonly policy: { readonly Version: string; readonly Statement: readonly object[] };
}

/**
 * Creates a user that may do in the bucket what the policy says, and nothing
 * else. RGW 16 learns this from a bucket policy: the same statements, with the user as principal.
 *
 * @returns the store as that user sees it
 * @throws {RigError} `refused` if the store does not take the policy
 */
export async function createPolicyUser(
  store: CephRgwDetails,
  { userId, bucket, policy }: PolicyUserOptions,
): Promise<CephRgwDetails> {
  const user = await createStoreUser(store.configFile, userId);
  const Principal = { AWS: [`arn:aws:iam:::user/${userId}`] };
  const Statement = policy.Statement.map((statement) => ({ ...statement, Principal }));
  await putBucketPolicy(store, bucket, { ...policy, Statement });
  return { ...store, ...user };
}
