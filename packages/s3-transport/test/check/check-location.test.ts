import { expect, test } from "vitest";
import {
  bytesBody,
  createS3,
  type S3Credentials,
  type S3Location,
  TIME_LIMITS,
} from "../../src/index.ts";

const invalid = expect.objectContaining({ code: "invalid-input" });
const objectLock = { mode: "GOVERNANCE", days: 30 } as const;
const GOOD = { bucket: "offsite", region: "us-east-1", objectLock };

const WRONG: readonly Partial<Record<keyof S3Location, unknown>>[] = [
  { bucket: "" },
  { bucket: undefined },
  { region: "" },
  { endpoint: "s3.example.net" },
  { endpoint: "ftp://s3.example.net" },
  { connections: 0 },
  { connections: 1.5 },
  { connections: NaN },
  { timeLimits: { ...TIME_LIMITS, stallMs: NaN } },
  { timeLimits: { ...TIME_LIMITS, connectMs: 0 } },
  { objectLock: { mode: "GOVERNANCE", days: 0 } },
  { objectLock: { mode: "GOVERNANCE", days: NaN } },
  { proxyFor: "http://proxy:3128" },
  { bucket: "offsite/site-a" },
  { bucket: "offsite?x" },
  { bucket: ".." },
  { region: "us\r\neast" },
  { timeLimits: { stallMs: 5000 } },
  { credentials: { accessKeyId: "", secretAccessKey: "s3cr3t" } },
  { credentials: { accessKeyId: "id" } },
  { credentials: { accessKeyId: "i\nd", secretAccessKey: "s3cr3t" } },
  { credentials: { accessKeyId: "id", secretAccessKey: "s3cr3t", sessionToken: 5 } },
  { credentials: null },
  { authorities: "/etc/ssl/ca.pem" },
  { objectLock: { mode: "governance", days: 30 } },
  { objectLock: { mode: "GOVERNANCE", days: 1e15 } },
  { serverSideEncryption: "aes256" },
  { kmsKeyId: "a\r\nx-other: 1" },
  { tags: { purpose: 1 } },
  { tags: ["backup"] },
  { provider: "amazon" },
  { provider: "constructor" },
  { forcePathStyle: "no" },
  { askFirst: "no" },
  { conditionalPut: "yes" },
  { checksum: "md5" },
  { etag: "sha256" },
];

test.each(WRONG)("A location with %o is refused at once", (changes) => {
  const wrong: typeof GOOD = Object.assign({}, GOOD, changes);
  expect(() => createS3(wrong)).toThrow(invalid);
  expect(() => createS3(GOOD)).not.toThrow();
});

test.each([null, undefined])("The location %o is refused", (location) => {
  const wrong: Parameters<typeof createS3> = Object.assign([GOOD] as const, { 0: location });
  expect(() => createS3(...wrong)).toThrow(invalid);
});

test("A function that gives no credentials is refused, and nothing is tried again", async () => {
  const none: S3Credentials = Object.assign({ accessKeyId: "id" }, { secretAccessKey: "" });
  const { store } = createS3({ ...GOOD, credentials: async () => none });
  const put = store.put("key", bytesBody(Buffer.from("x")));
  await expect(put).rejects.toMatchObject({ code: "invalid-input", permanent: true });
});
