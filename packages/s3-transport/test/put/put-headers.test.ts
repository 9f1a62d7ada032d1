import { S3Failure } from "@backuppc-archive-s3/test-rig";
import { beforeEach, describe, expect, test } from "vitest";
import {
  bytesBody,
  createS3,
  type PutOptions,
  type S3Location,
  withContentMd5,
  withStorageClass,
} from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

let headers: Readonly<Record<string, unknown>>[] = [];
let refuses: (headers: Readonly<Record<string, unknown>>) => boolean = () => false;
const { location } = await embeddedStore({
  fault: (request) => {
    headers.push(request.headers);
    const notImplemented = new S3Failure(501, "NotImplemented", "A header is not implemented.");
    return refuses(request.headers) ? notImplemented : undefined;
  },
  clock: () => new Date(Date.now() + ahead),
});
let ahead = 0;
const body = bytesBody(Buffer.from("hello"));

beforeEach(() => {
  headers = [];
  refuses = () => false;
});

async function sent(changes: Partial<S3Location>, options?: PutOptions): Promise<object> {
  await createS3({ ...location, ...changes }).store.put("key", body, options);
  return headers.at(-1) ?? {};
}

function lockedUntil(sentHeaders: object): number {
  return Date.parse(String(Reflect.get(sentHeaders, "x-amz-object-lock-retain-until-date")));
}

describe("A put sends", () => {
  test("no more than it must where nothing is asked for", async () => {
    const names = Object.keys(await sent({})).filter((name) => /^x-amz-|^content-|^if-/.test(name));
    expect(names.toSorted()).toEqual([
      "content-length",
      "content-type",
      "x-amz-content-sha256",
      "x-amz-date",
    ]);
  });

  test("encryption by the store", async () => {
    const rules = { serverSideEncryption: "aws:kms", kmsKeyId: "alias/offsite" } as const;
    expect(await sent(rules)).toMatchObject({
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": "alias/offsite",
    });
    expect(await sent({ serverSideEncryption: "AES256" })).toMatchObject({
      "x-amz-server-side-encryption": "AES256",
    });
  });

  test("a lock whose days count from when it is sent", async () => {
    const lock = await sent({ objectLock: { mode: "GOVERNANCE", days: 30 } });
    expect(lock).toMatchObject({ "x-amz-object-lock-mode": "GOVERNANCE" });
    expect(Math.abs(lockedUntil(lock) - Date.now() - 30 * 86_400_000)).toBeLessThan(600_000);
  });

  test("a lock whose days count by the store's clock, once it is known", async () => {
    const objectLock = { mode: "GOVERNANCE", days: 30 } as const;
    const store = createS3({ ...location, objectLock }).store;
    ahead = 600_000;
    for (const _ of [1, 2]) await store.put("key", body);
    ahead = 0;
    const [first = 0, second = 0] = headers.map(lockedUntil);
    expect(Math.round((second - first) / 60_000)).toBe(10);
  });

  test("a lock until when the call says", async () => {
    const objectLock = { mode: "GOVERNANCE", days: 30 } as const;
    const lockUntil = new Date("2030-01-01T00:00:00Z");
    expect(lockedUntil(await sent({ objectLock }, { lockUntil }))).toBe(lockUntil.getTime());
    expect(lockedUntil(await sent({}, { lockUntil }))).toBeNaN();
  });

  test("tags, whatever stands in them", async () => {
    expect(await sent({ tags: { purpose: "backup & more", "team=a": "ü" } })).toMatchObject({
      "x-amz-tagging": "purpose=backup%20%26%20more&team%3Da=%C3%BC",
    });
  });

  test("the body's digest as a checksum where the store verifies it", async () => {
    expect(await sent({ checksum: "sha256" })).toMatchObject({
      "x-amz-checksum-sha256": Buffer.from(body.sha256, "hex").toString("base64"),
      "x-amz-sdk-checksum-algorithm": "SHA256",
      "content-length": "5",
    });
  });

  test("a storage class of the store's own naming", async () => {
    expect(await sent({}, { storageClass: "COLD_HDD" })).toMatchObject({
      "x-amz-storage-class": "COLD_HDD",
    });
  });
});

describe("withStorageClass", () => {
  test("gives every object the class, but where the call names one", async () => {
    const store = withStorageClass(createS3(location).store, "GLACIER");
    await store.put("chunk", body);
    await store.put("manifest", body, { storageClass: "STANDARD" });
    expect(headers.map((each) => each["x-amz-storage-class"])).toEqual(["GLACIER", "STANDARD"]);
  });

  test("is the store itself without a class", () => {
    const store = createS3(location).store;
    expect(withStorageClass(store, undefined)).toBe(store);
  });
});

describe("withContentMd5", () => {
  const { endpoint } = location;
  const objectLock = { mode: "GOVERNANCE", days: 1 } as const;

  test.each([{}, { objectLock }, { endpoint, objectLock, checksum: "sha256" } as const])(
    "is the store itself where no MD5 is needed: %o",
    (rules) => {
      const store = createS3(location).store;
      expect(withContentMd5(store, rules)).toBe(store);
    },
  );

  test("sends the MD5, which the store verifies", async () => {
    const store = withContentMd5(createS3(location).store, { endpoint, objectLock });
    await store.put("key", body);
    expect(headers.at(-1)).toMatchObject({ "content-md5": "XUFAKrxLKna5cZ2REBfFkg==" });
    const wrong = { ...body, md5: "0".repeat(32) };
    await expect(store.put("key", wrong)).rejects.toMatchObject({ code: "corrupted" });
  });

  test("stops with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("cancelled"));
    const store = withContentMd5(createS3(location).store, { endpoint, objectLock });
    await expect(store.put("key", body, { signal })).rejects.toThrow("cancelled");
    expect(headers).toEqual([]);
  });
});

describe("onlyIfAbsent", () => {
  const once = { onlyIfAbsent: true };
  const asked = (): boolean[] => headers.map((each) => each["if-none-match"] === "*");

  test("is asked of a store that heeds it", async () => {
    const store = createS3({ ...location, conditionalPut: true }).store;
    await store.put("heeded", body, once);
    await expect(store.put("heeded", body, once)).rejects.toMatchObject({ code: "exists" });
    expect(asked()).toEqual([true, true]);
  });

  test("is not asked of a store that does not", async () => {
    const store = createS3({ ...location, conditionalPut: false }).store;
    await store.put("unheeded", body, once);
    await store.put("unheeded", body, once);
    expect(asked()).toEqual([false, false]);
  });

  test("is asked of an unknown store until it answers 501", async () => {
    refuses = (each) => each["if-none-match"] !== undefined;
    const store = createS3(location).store;
    await store.put("tried", body, once);
    await store.put("tried", body, once);
    expect(asked()).toEqual([true, false, false]);
  });

  test("is not to blame where the store answers 501 without it too", async () => {
    refuses = (each) => each["x-amz-tagging"] !== undefined;
    const store = createS3({ ...location, tags: { a: "b" } }).store;
    const refusal = { code: "not-implemented", permanent: true };
    await expect(store.put("tagged", body, once)).rejects.toMatchObject(refusal);
    await expect(store.put("tagged", body, once)).rejects.toMatchObject(refusal);
    expect(asked()).toEqual([true, false, true, false]);
  });

  test("fails on 501 of a store that is known to heed it", async () => {
    refuses = (each) => each["if-none-match"] !== undefined;
    const store = createS3({ ...location, conditionalPut: true }).store;
    await expect(store.put("known", body, once)).rejects.toMatchObject({ code: "not-implemented" });
    expect(asked()).toEqual([true]);
  });
});
