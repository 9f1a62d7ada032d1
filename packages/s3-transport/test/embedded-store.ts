import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EmbeddedStore,
  type EmbeddedStoreOptions,
  startEmbeddedStore,
} from "@backuppc-archive-s3/test-rig";
import { afterAll } from "vitest";
import type { S3Location } from "../src/index.ts";

/** An embedded store with one bucket for a test file, and where it is. */
export async function embeddedStore(
  options: Pick<EmbeddedStoreOptions, "fault" | "clock" | "pageSize"> = {},
): Promise<{ store: EmbeddedStore; location: S3Location }> {
  const directory = await mkdtemp(join(tmpdir(), "store-"));
  const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
  const store = await startEmbeddedStore({
    directory,
    buckets: ["offsite"],
    region: "us-east-1",
    ...credentials,
    ...options,
  });
  afterAll(async () => {
    await store.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const { endpoint } = store;
  const place = { bucket: "offsite", region: "us-east-1", endpoint, forcePathStyle: true };
  return { store, location: { ...place, credentials } };
}
