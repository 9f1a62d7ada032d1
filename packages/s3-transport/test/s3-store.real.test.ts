import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { expect, inject, test } from "vitest";
import { createPresigner, createS3Store, bytesBody } from "../src/index.ts";
import { objectStoreContract } from "./contract/object-store-contract.ts";

const rgw = inject("realParts").store;
const bucket = `contract-${Date.now()}`;
const location = bucketLocation(rgw, bucket);
await createBucket(rgw, bucket);

objectStoreContract("createS3Store on Ceph RGW", async () => createS3Store(location));

test("A presigned URL of Ceph RGW needs no credentials, and dies when it says", async () => {
  const key = "odd +%/é '\"$(id)";
  await createS3Store(location).put(key, bytesBody(Buffer.from("hello")));
  const presigner = createPresigner(location);
  const { url, expires } = await presigner.presign(key, 3);
  const alive = await fetch(url);
  expect([alive.status, await alive.text()]).toEqual([200, "hello"]);
  await new Promise((resolve) => setTimeout(resolve, expires.getTime() - Date.now() + 1500));
  expect((await fetch(url)).status).toBe(403);
});
