import { type Fault, S3Failure } from "@backuppc-archive-s3/test-rig";
import { afterEach, describe, expect, test } from "vitest";
import {
  bytesBody,
  createS3,
  type S3Credentials,
  type S3Location,
  TIME_LIMITS,
  withRetry,
} from "../src/index.ts";
import { embeddedStore } from "./embedded-store.ts";

/** What the store's next answers are spoilt with. */
let faults: Fault[] = [];
let clock = (): Date => new Date();
const seen: string[] = [];
const { location } = await embeddedStore({
  fault: ({ method, key, headers }) => {
    seen.push(`${method} ${key}`);
    tokens.push(headers["x-amz-security-token"]);
    return faults.shift();
  },
  clock: () => clock(),
});
const tokens: unknown[] = [];
const body = bytesBody(Buffer.alloc(3_000_000, "x"));

afterEach(() => {
  faults = [];
  clock = () => new Date();
  seen.length = 0;
  tokens.length = 0;
});

/** Puts with retry; gives the waits between the tries, in milliseconds. */
async function put(
  changes: Partial<S3Location> = {},
  key = "key",
  options: { onlyIfAbsent?: boolean } = {},
): Promise<number[]> {
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  const store = createS3({ ...location, ...changes }).store;
  await withRetry(store, { attempts: 3, firstWaitMs: 1, wait }).put(key, body, options);
  return waits;
}

function failure(status: number, code: string, headers: Record<string, string> = {}): S3Failure {
  return new S3Failure(status, code, "No.", headers);
}

describe("A put is tried again after", () => {
  test.each<[string, Fault]>([
    ["503 SlowDown", failure(503, "SlowDown")],
    ["429 TooManyRequests", failure(429, "TooManyRequests")],
    ["500 InternalError", failure(500, "InternalError")],
    ["502 of a proxy", failure(502, "BadGateway")],
    ["400 RequestTimeout", failure(400, "RequestTimeout")],
    ["400 IncompleteBody", failure(400, "IncompleteBody")],
    ["409 OperationAborted", failure(409, "OperationAborted")],
    ["a connection that is reset", "cut"],
  ])("%s", async (_, fault) => {
    faults = [fault, fault];
    expect(await put()).toHaveLength(2);
    expect(seen).toHaveLength(3);
  });

  test("an answer that does not come", async () => {
    faults = ["hang"];
    expect(
      await put({ timeLimits: { ...TIME_LIMITS, goAheadMs: 100, answerMs: 3000 } }),
    ).toHaveLength(1);
  });

  test.each([
    ["seconds", () => "90"],
    ["a date", () => new Date(Date.now() + 90_000).toUTCString()],
  ])("as long as Retry-After asks, in %s", async (_, after) => {
    faults = [failure(429, "TooManyRequests", { "retry-after": after() })];
    const [wait = 0] = await put();
    expect(wait).toBeGreaterThan(30_000);
    expect(wait).toBeLessThan(90_001);
  });

  test("at most five minutes where Retry-After asks for more", async () => {
    faults = [failure(503, "SlowDown", { "retry-after": "86400" })];
    expect(await put()).toEqual([300_000]);
  });
});

describe("A put is not tried again after", () => {
  test.each([
    [400, "InvalidRequest", "refused"],
    [403, "AccessDenied", "denied"],
    [403, "QuotaExceeded", "denied"],
    [404, "NoSuchBucket", "no-bucket"],
    [412, "PreconditionFailed", "exists"],
  ])("%i %s", async (status, name, code) => {
    faults = [failure(status, name)];
    await expect(put()).rejects.toMatchObject({ code, permanent: true });
    expect(seen).toHaveLength(1);
  });
});

test.each(["AuthorizationHeaderMalformed", "PermanentRedirect"])(
  "%s is the word for a wrong region",
  async (name) => {
    faults = [failure(400, name)];
    await expect(put()).rejects.toMatchObject({ reason: "other-region" });
  },
);

describe("A clock that is wrong", () => {
  test("is corrected by the store's, once and at once", async () => {
    clock = () => new Date(Date.now() + 3_600_000);
    expect(await put()).toEqual([]);
  });

  test("is told with the difference where the store refuses all the same", async () => {
    clock = () => new Date(Date.now() + 3_600_000);
    const skewed = failure(403, "RequestTimeTooSkewed");
    faults = [skewed, skewed, skewed];
    await expect(put()).rejects.toMatchObject({
      code: "clock",
      message: expect.stringContaining(
        "403 RequestTimeTooSkewed: this machine's clock is 60 min behind the store's (bucket",
      ),
    });
    // The first try does not reach the fault: its signature is too old.
    expect(seen.length).toBeLessThan(2);
  });
});

describe("Credentials that the store calls expired", () => {
  const expired = failure(400, "ExpiredToken");
  const { accessKeyId, secretAccessKey } = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
  /** Gives another session token each time. */
  function provider(): () => Promise<S3Credentials> {
    let given = 0;
    return async () => ({ accessKeyId, secretAccessKey, sessionToken: `token ${++given}` });
  }

  test("are asked for anew, once and at once", async () => {
    faults = [expired];
    expect(await put({ credentials: provider() })).toEqual([]);
    expect(tokens).toEqual(["token 1", "token 2"]);
  });

  test("are told of where new ones have expired too", async () => {
    faults = [expired, expired, expired];
    await expect(put({ credentials: provider() })).rejects.toMatchObject({
      code: "expired-credentials",
    });
    expect(tokens).toEqual(["token 1", "token 2"]);
  });

  test("are told of at once where there can be no others", async () => {
    faults = [expired];
    const credentials = { accessKeyId, secretAccessKey, sessionToken: "token" };
    await expect(put({ credentials })).rejects.toMatchObject({ permanent: true });
    expect(tokens).toEqual(["token"]);
  });
});

describe("A conditional put whose answer is lost", () => {
  test("finds its own object, and says that it may be", async () => {
    faults = ["lose-answer"];
    const once = ["lost", { onlyIfAbsent: true }] as const;
    await expect(put({}, ...once)).rejects.toMatchObject({
      code: "exists",
      reason: "perhaps-ours",
    });
    expect(seen).toHaveLength(2);
    await expect(put({}, ...once)).rejects.toMatchObject({ code: "exists", reason: undefined });
  });
});
