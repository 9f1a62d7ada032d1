import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createS3Client } from "../../src/client/s3-client.ts";
import { bytesBody, createS3, type S3Location, signedUrl } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

const now = new Date("2026-11-22T03:15:00Z");
const keys = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ unit: "binary-ascii", minLength: 1 }),
  fc.constantFrom("/", "a//b/", "../x", "a/../b", "%2F", "~!*'()", "+ &=?#;,@:$[]", "\u{1f600}"),
);
const versions = fc.option(fc.string({ unit: "grapheme", minLength: 1 }), { nil: undefined });
const places = fc.record({
  bucket: fc.constantFrom("offsite", "off.site"),
  region: fc.constantFrom("us-east-1", "eu-central-1", "cn-north-1", "auto", "garage"),
  endpoint: fc.constantFrom(
    undefined,
    "http://127.0.0.1:7480",
    "https://s3.example.net",
    "https://s3.example.net:443",
    "http://[::1]:9000",
    "https://example.net/s3",
  ),
  forcePathStyle: fc.boolean(),
  credentials: fc.record(
    {
      accessKeyId: fc.string({ minLength: 1 }),
      secretAccessKey: fc.string({ unit: "grapheme", minLength: 1 }),
      sessionToken: fc.base64String({ minLength: 4 }),
    },
    { requiredKeys: ["accessKeyId", "secretAccessKey"] },
  ),
});

/** What the SDK signs, as its own presigner does, but for the operation's name. */
async function bySdk(location: S3Location, key: string, versionId?: string): Promise<string> {
  const { bucket } = location;
  const s3 = await createS3Client(location);
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (typeof request === "object" && request !== null && "query" in request)
        Reflect.deleteProperty(Object(request.query), "x-id");
      return await next(args);
    },
    { step: "build", priority: "low" },
  );
  return await getSignedUrl(s3, command, { expiresIn: 3600, signingDate: now });
}

/** A URL's parts, whose order in the query does not matter. */
function partsOf(url: string): { address: string; query: string[] } {
  const [address = "", query = ""] = url.split("?");
  return { address, query: query.split("&").toSorted() };
}

test("A URL is what the SDK's presigner makes of it, whatever the key, the version and the store", async () => {
  await fc.assert(
    fc.asyncProperty(places, keys, versions, async (location, key, versionId) => {
      const signer = await createS3(location, { now: () => now }).presigner.presignAll(3600);
      const expected = await bySdk(location, key, versionId);
      expect(partsOf(signedUrl(signer, key, versionId))).toEqual(partsOf(expected));
    }),
    { numRuns: 300 },
  );
});

test("A URL is made of the parts that all share and those of its own", async () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "s3cr3t" };
  const location = { bucket: "offsite", region: "eu-central-1", credentials };
  const signer = await createS3(location, { now: () => now }).presigner.presignAll(3600);
  const { path, signature } = signer.sign("a b/c.gpg", "v 1");
  expect([signer.base, path]).toEqual([
    "https://offsite.s3.eu-central-1.amazonaws.com/",
    "a%20b/c.gpg",
  ]);
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  expect(signedUrl(signer, "a b/c.gpg", "v 1")).toBe(
    `${signer.base}${path}?${signer.query}&versionId=v%201&X-Amz-Signature=${signature}`,
  );
  const { url, expires } = await createS3(location, { now: () => now }).presigner.presign(
    "a b/c.gpg",
    3600,
    "v 1",
  );
  expect([url, expires]).toEqual([signedUrl(signer, "a b/c.gpg", "v 1"), signer.expires]);
});

test("A store that checks signatures takes the URLs of odd keys, and none whose key or version was changed", async () => {
  const { location } = await embeddedStore();
  const store = createS3(location).store;
  const signer = await createS3(location).presigner.presignAll(60);
  for (const key of ["odd +%/é '\"$(id)", "a/b//c", "~!*()", "日本語\n", "k&x=1?#;"]) {
    await store.put(key, bytesBody(Buffer.from(key)));
    const answer = await fetch(signedUrl(signer, key, "v+/1"));
    expect([answer.status, await answer.text()]).toEqual([200, key]);
    const changed = [
      signedUrl(signer, key, "v").replace("versionId=v", "versionId=w"),
      signedUrl(signer, key).replace("?", "x?"),
    ];
    for (const url of changed) expect((await fetch(url)).status).toBe(403);
  }
});
