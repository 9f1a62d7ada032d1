import { RigError } from "../rig-error.ts";
import type { CephRgwDetails } from "./admin-command.ts";
import { signedRequest } from "./signed-request.ts";

/** Creates a bucket; nothing happens if the store's user has it already. @throws {RigError} `refused` with the store's answer */
export async function createBucket(store: CephRgwDetails, bucket: string): Promise<void> {
  const answer = await signedRequest(store, { method: "PUT", path: `/${bucket}` });
  if (answer.ok) return;
  const hint = await answer.text();
  throw new RigError("refused", `The store does not create the bucket ${bucket}.`, { hint });
}
