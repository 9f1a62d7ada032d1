import { expect, test } from "vitest";
import { connector } from "../../src/client/connector.ts";
import type { S3Location } from "../../src/index.ts";
import { bucketAddress } from "../../src/presign/bucket-address.ts";
import { putTarget } from "../../src/put/put-target.ts";

const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t" };

async function noClient(): Promise<never> {
  return expect.unreachable("The SDK was asked.");
}

test.each<[string, Partial<S3Location>]>([
  ["https://s3.example.net", {}],
  ["https://s3.example.net", { forcePathStyle: true }],
  ["https://s3.example.net", { bucket: "with.dots" }],
  ["https://s3.example.net", { bucket: "Capitals" }],
  ["https://s3.example.net", { bucket: "under_scores" }],
  ["https://s3.example.net:9000/", {}],
  ["https://s3.example.net:443/", {}],
  ["http://s3.example.net:80/base/path/", {}],
  ["http://s3.example.net/base/path", {}],
  ["http://s3.example.net/base/path", { forcePathStyle: true }],
  ["http://s3.example.net/base/path/", { forcePathStyle: true }],
  ["http://localhost:8080", {}],
  ["http://127.0.0.1:8080", {}],
  ["http://[::1]:8080", { forcePathStyle: true }],
])(
  "At the endpoint %s, %o, a bucket has the address that the SDK gives it",
  async (endpoint, more) => {
    const location = { bucket: "offsite", region: "eu-central-1", endpoint, credentials, ...more };
    const { address } = await putTarget(location, noClient);
    const client = await connector(location).connect();
    expect(address).toEqual(await bucketAddress(client, location.bucket));
  },
);

test("Without an endpoint, the address and the keys are the SDK's", async () => {
  const location = { bucket: "offsite", region: "eu-central-1", credentials };
  const target = await putTarget(location, connector(location).connect);
  expect(target).toMatchObject({
    address: { protocol: "https:", host: "offsite.s3.eu-central-1.amazonaws.com", path: "/" },
    region: "eu-central-1",
  });
  expect(await target.credentials()).toMatchObject(credentials);
});
