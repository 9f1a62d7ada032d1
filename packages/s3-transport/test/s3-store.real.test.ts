import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { expect, inject, test } from "vitest";
import { bytesBody, createS3, signedUrl } from "../src/index.ts";
import { objectStoreContract } from "../src/contract/index.ts";

const rgw = inject("store");
const [plain, versioned] = [`contract-${Date.now()}`, `versioned-${Date.now()}`];
const location = bucketLocation(rgw, plain);
await createBucket(rgw, plain);
await createBucket(rgw, versioned, { versioning: true });
const versionedLocation = bucketLocation(rgw, versioned);

objectStoreContract("createS3().store on Ceph RGW", async () => createS3(location).store);
// RGW 16 takes If-None-Match for no condition at all where versions are kept.
objectStoreContract(
  "createS3().store on Ceph RGW with versions",
  async () => createS3(versionedLocation).store,
  { keepsVersions: true, refusesToOverwrite: false },
);

test("A presigned URL of Ceph RGW needs no credentials, and dies when it says", async () => {
  const key = "odd +%/é '\"$(id)";
  await createS3(location).store.put(key, bytesBody(Buffer.from("hello")));
  const presigner = createS3(location).presigner;
  const alive = await fetch((await presigner.presign(key, 600)).url);
  expect([alive.status, await alive.text()]).toEqual([200, "hello"]);
  const { url, expires } = await presigner.presign(key, 1);
  await new Promise((resolve) => setTimeout(resolve, expires.getTime() - Date.now() + 1500));
  expect((await fetch(url)).status).toBe(403);
});

test("Ceph RGW takes the URLs of odd keys, and of each version under one key", async () => {
  const store = createS3(versionedLocation).store;
  const signer = await createS3(versionedLocation).presigner.presignAll(60);
  for (const key of ["~!*'()", "a//b", "日本語 &=?#;,@:$[]", "100%/%2F+"]) {
    const versions = [];
    for (const text of ["first", "second"])
      versions.push(await store.put(key, bytesBody(Buffer.from(text))));
    const urls = versions.map(({ versionId }) => signedUrl(signer, key, versionId));
    const texts = [signedUrl(signer, key), ...urls].map(
      async (url) => await (await fetch(url)).text(),
    );
    expect(await Promise.all(texts)).toEqual(["second", "first", "second"]);
    const [stolen = ""] = urls.map((url) => url.replace(/versionId=[^&]*/, "versionId=null"));
    expect((await fetch(stolen)).status).toBe(403);
  }
});
