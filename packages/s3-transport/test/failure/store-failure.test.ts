import { type Fault, S3Failure } from "@backuppc-archive-s3/test-rig";
import { describe, expect, test } from "vitest";
import { bytesBody, createS3 } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

let fault: Fault;
const { location } = await embeddedStore({ fault: () => fault });
const store = createS3(location).store;
const put = async (): Promise<unknown> => await store.put("key", bytesBody(Buffer.from("x")));

const CAP =
  "Cannot upload files, storage cap exceeded. See the Caps & Alerts page to increase your cap.";
const RETENTION =
  "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters";
const FORBIDDEN_KEY =
  "User: arn:aws:iam::1:user/x is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:x";

describe("A refusal is reported with its reason:", () => {
  test.each<[string, number, string, string, string]>([
    ["a storage cap", 403, "AccessDenied", CAP, "full"],
    ["a quota", 403, "QuotaExceeded", "No.", "full"],
    ["a full store", 507, "InsufficientStorage", "No.", "full"],
    ["a full MinIO", 507, "XMinioStorageFull", "No.", "full"],
    ["a bucket that locks by itself", 400, "InvalidRequest", RETENTION, "object-lock"],
    [
      "a bucket without the lock",
      400,
      "InvalidRequest",
      "Bucket is missing Object Lock Configuration",
      "no-object-lock",
    ],
    ["a key that is disabled", 400, "KMS.DisabledException", "arn is disabled.", "kms-key"],
    ["a key that is another's", 403, "AccessDenied", FORBIDDEN_KEY, "kms-key"],
    [
      "an unpaid account",
      403,
      "AccountProblem",
      "There is a problem with your account.",
      "account",
    ],
    ["an unpaid bill", 402, "PaymentRequired", "No.", "account"],
    ["a body too large, as AWS says it", 400, "EntityTooLarge", "No.", "too-large"],
    ["a lost length", 411, "MissingContentLength", "No.", "no-length"],
    ["a body too large", 413, "EntityTooLarge", "No.", "too-large"],
    ["a proxy's password", 407, "ProxyAuthenticationRequired", "No.", "proxy-unauthorized"],
  ])("%s", async (_, status, code, sentence, reason) => {
    fault = new S3Failure(status, code, sentence);
    await expect(put()).rejects.toMatchObject({ permanent: true, reason });
  });
});

test("The store's own sentence is part of a denial, unless it says nothing", async () => {
  fault = new S3Failure(403, "AccessDenied", `${CAP}\u001b[2J`);
  await expect(put()).rejects.toThrow(`403 AccessDenied, "${CAP} [2J" (bucket`);
  fault = new S3Failure(403, "AccessDenied", "Access Denied");
  await expect(put()).rejects.toThrow("403 AccessDenied (bucket");
});

describe("A bucket that is elsewhere", () => {
  test("is reported with its place by a web page", async () => {
    fault = "moved";
    await expect(put()).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining(
        "301, and the answer is not one of S3: it is at elsewhere.example.net (bucket",
      ),
      reason: "odd-answer",
    });
  });

  test("is reported with its region by the store", async () => {
    const region = { "x-amz-bucket-region": "eu-west-9" };
    fault = new S3Failure(301, "PermanentRedirect", "Use the other endpoint.", region);
    await expect(put()).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining('other endpoint.": it is at region eu-west-9 (bucket'),
      reason: "other-region",
    });
  });

  test("for now is tried again", async () => {
    fault = new S3Failure(307, "TemporaryRedirect", "Not yet.", { location: "http://s3.other/x" });
    await expect(put()).rejects.toMatchObject({
      permanent: false,
      message: expect.stringContaining("it is at s3.other (bucket"),
    });
  });
});

describe("The same is reported, without a word of the SDK's own, of", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a list", async () => await consumed(store.list("a"))],
    ["a read", async () => await consumed(await store.get("a"))],
    ["a delete", async () => await store.delete(["a"])],
    ["versions", async () => await consumed(createS3(location).versions.listVersions("a"))],
  ])("%s", async (_, call) => {
    fault = "moved";
    await expect(call()).rejects.toMatchObject({
      permanent: true,
      message: expect.stringMatching(
        /^(?!.*(aws-sdk|hidden field)).* failed: 301, and the answer is not one of S3: it is at elsewhere\.example\.net \(bucket/s,
      ),
    });
  });

  test("a list that is denied, and a delete", async () => {
    fault = new S3Failure(403, "AccessDenied", CAP);
    await expect(consumed(store.list("a"))).rejects.toMatchObject({
      message: expect.stringContaining(`403 AccessDenied, "${CAP}"`),
      reason: "full",
    });
    expect(await store.delete(["a"])).toEqual([
      { key: "a", reason: expect.stringContaining(`403 AccessDenied, "${CAP}"`) },
    ]);
  });
});

test("A network that wants a login is no fault of the store", async () => {
  fault = new S3Failure(511, "NetworkAuthenticationRequired", "Log in.");
  await expect(put()).rejects.toMatchObject({ code: "unconfirmed", permanent: false });
});

test("A refusal has HTTP's status and the id by which the store's operator finds the request", async () => {
  fault = new S3Failure(503, "SlowDown", "Later.");
  for (const [method, call] of [
    ["PUT", put()],
    ["GET", consumed(store.list("a"))],
    ["GET", store.get("a")],
  ] as const)
    await expect(call).rejects.toMatchObject({
      code: "throttled",
      status: 503,
      requestId: expect.stringMatching(`^embedded-${method}-\\d+$`),
    });
});

test("What is no answer of a store has neither", async () => {
  const nowhere = createS3({ ...location, endpoint: "http://127.0.0.1:1" }).store;
  await expect(nowhere.get("a")).rejects.toMatchObject({
    code: "unreachable",
    status: undefined,
    requestId: undefined,
  });
});

async function consumed(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}
