import { RigError } from "../rig-error.ts";
import type { CephRgwDetails } from "./admin-command.ts";
import { signedRequest, type SignedRequest } from "./signed-request.ts";

export interface BucketOptions {
  /** Keep every version of what is overwritten or deleted. */
  readonly versioning?: boolean;
}

/** Creates a bucket; nothing happens if the store's user has it already. @throws {RigError} `refused` with the store's answer */
export async function createBucket(
  store: CephRgwDetails,
  bucket: string,
  { versioning = false }: BucketOptions = {},
): Promise<void> {
  await ask(store, bucket, { method: "PUT", path: `/${bucket}` });
  if (!versioning) return;
  const body = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  await ask(store, bucket, { method: "PUT", path: `/${bucket}`, query: "versioning", body });
}

async function ask(store: CephRgwDetails, bucket: string, request: SignedRequest): Promise<void> {
  const answer = await signedRequest(store, request);
  if (answer.ok) return;
  const hint = await answer.text();
  throw new RigError("refused", `The store does not create the bucket ${bucket}.`, { hint });
}
