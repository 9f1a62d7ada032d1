import {
  type CephRgw,
  cephRgwPackages,
  createBucket,
  installDebianPackages,
  startCephRgw,
} from "@backuppc-archive-s3/test-rig";
import type { Say } from "../say.ts";
import type { Target } from "../store/target.ts";

const BUCKET = "offsite";

/** A real Ceph RGW with an empty bucket, for as long as something takes. */
export async function withRgw<Value>(
  say: Say,
  use: (target: Target, store: CephRgw) => Promise<Value>,
): Promise<Value> {
  await installDebianPackages(cephRgwPackages, say);
  // Memory would fill up: three times what is stored, for as long as the gateway has not collected its garbage.
  const store = await startCephRgw({ backing: "disk", say });
  try {
    await createBucket(store, BUCKET);
    const { endpoint, region, accessKeyId, secretAccessKey } = store;
    return await use({ endpoint, region, accessKeyId, secretAccessKey, bucket: BUCKET }, store);
  } finally {
    await store.stop();
  }
}
