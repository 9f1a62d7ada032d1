import { RigError } from "../rig-error.ts";
import type { CephRgwDetails } from "./admin-command.ts";
import { signedRequest } from "./signed-request.ts";

/**
 * Gives a bucket of the store's own user a policy, in the place of the one that it has.
 *
 * @throws {RigError} `refused` with the store's answer
 */
export async function putBucketPolicy(
  store: CephRgwDetails,
  bucket: string,
  policy: object,
): Promise<void> {
  const request = { method: "PUT", path: `/${bucket}`, query: "policy" } as const;
  const answer = await signedRequest(store, { ...request, body: JSON.stringify(policy) });
  if (answer.ok) return;
  const hint = await answer.text();
  throw new RigError("refused", `The store does not take the policy of ${bucket}.`, { hint });
}
