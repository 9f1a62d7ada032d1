// A second opinion of a real store: OpenStack Swift is of another family than Ceph.
import {
  bucketLocation,
  installDebianPackages,
  startSwift,
  swiftPackages,
} from "@backuppc-archive-s3/test-rig";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "vitest";
import { bytesBody, createS3 } from "../src/index.ts";
import { objectStoreContract } from "../src/contract/index.ts";

await installDebianPackages(swiftPackages, (line) => process.stderr.write(`${line}\n`));
const swift = await startSwift();
afterAll(async () => await swift.stop());
const location = bucketLocation(swift, "contract");
await new S3Client(location).send(new CreateBucketCommand({ Bucket: location.bucket }));

objectStoreContract("createS3().store on OpenStack Swift", async () => createS3(location).store, {
  refusesToOverwrite: false,
});

const large = bytesBody(Buffer.alloc(5_000_000, "x"));

test("Swift, which does not know conditional puts, is sent plain ones when it has said so", async () => {
  const known = createS3({ ...location, conditionalPut: true }).store;
  await expect(known.put("once", large, { onlyIfAbsent: true })).rejects.toMatchObject({
    code: "not-implemented",
  });
  const tried = createS3(location).store;
  for (const _ of [1, 2]) await tried.put("once", large, { onlyIfAbsent: true });
});

test("Swift verifies the signed digest", async () => {
  const flipped = { ...large, sha256: "0".repeat(64) };
  await expect(createS3(location).store.put("flipped", flipped)).rejects.toMatchObject({
    code: "corrupted",
  });
});

test("Swift refuses a wrong secret before the body", async () => {
  const stranger = {
    ...location,
    credentials: { ...location.credentials, secretAccessKey: "wrong" },
  };
  await expect(createS3(stranger).store.put("key", large)).rejects.toMatchObject({
    code: "bad-credentials",
  });
});
