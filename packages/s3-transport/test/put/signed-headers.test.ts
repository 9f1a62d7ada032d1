import { expect, test } from "vitest";
import { signedHeaders } from "../../src/put/signed-headers.ts";

/** The example "PUT Object" of Amazon S3's API reference, "Signature Calculations for the Authorization Header". */
const EXAMPLE = {
  path: "/test%24file.text",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    date: "Fri, 24 May 2013 00:00:00 GMT",
    "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
  },
  region: "us-east-1",
  credentials: {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  },
  date: new Date("2013-05-24T00:00:00Z"),
};

test("The signature is the one of Amazon's own example", () => {
  expect(signedHeaders(EXAMPLE)["authorization"]).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
      "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, " +
      "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  );
});

test("A session token is sent and signed", () => {
  const credentials = { ...EXAMPLE.credentials, sessionToken: "token" };
  expect(signedHeaders({ ...EXAMPLE, credentials })).toMatchObject({
    "x-amz-security-token": "token",
    authorization: expect.stringContaining(";x-amz-security-token;"),
  });
});

test("What a proxy may change is not signed", () => {
  const headers = { ...EXAMPLE.headers, Expect: "100-continue", "user-agent": "any" };
  const { authorization } = signedHeaders({ ...EXAMPLE, headers });
  expect(authorization).toBe(signedHeaders(EXAMPLE)["authorization"]);
});
