import { type BucketInspector, StoreError } from "@backuppc-archive-s3/s3-transport";
import { describe, expect, test } from "vitest";
import { checkAnswer, checkBucket } from "../../src/doctor/check-bucket.ts";

const RULE = {
  prefix: "",
  expiresAfterDays: undefined,
  dropsUploadsAfterDays: undefined,
  movesTo: undefined,
};

describe("the clock", () => {
  test.each([
    [1_000, "ok", "agrees with the store's"],
    [-60_000, "warning", "60 s ahead of the store's"],
    [3_600_000, "failed", "3600 s behind the store's"],
    [undefined, "unknown", "the store does not report its time"],
  ])("that differs by %s ms is %s", async (clockAheadMs, state, message) => {
    const answer = async () => ({ clockAheadMs, region: undefined });
    const findings = await checkAnswer(inspector({ answer }), "eu-central-1");
    expect(findings).toContainEqual(expect.objectContaining({ check: "clock", state, message }));
  });
});

test("a region that is not the bucket's fails", async () => {
  const answer = async () => ({ clockAheadMs: 0, region: "eu-west-1" });
  const [region] = await checkAnswer(inspector({ answer }), "eu-central-1");
  expect(region).toMatchObject({
    state: "failed",
    remedy: expect.stringContaining('Set region = "eu-west-1"'),
  });
});

test("a store that does not answer fails", async () => {
  const refused = new StoreError("unreachable", "no line", { permanent: false });
  const answer = async () => await Promise.reject(refused);
  expect(await checkAnswer(inspector({ answer }), "x")).toMatchObject([
    {
      check: "region",
      state: "failed",
      message: "no line",
      remedy: expect.stringContaining("`endpoint`"),
    },
    { check: "clock", state: "failed" },
  ]);
});

describe("what the bucket is set to", () => {
  test("is told as not known where this key may not ask", async () => {
    const denied = new StoreError("denied", "403", { permanent: true });
    const versioning = async () => await Promise.reject(denied);
    expect(await checkBucket(inspector({ versioning }), "")).toContainEqual({
      check: "versioning",
      state: "unknown",
      message: "403",
      remedy: undefined,
    });
  });

  test("versioning costs, which is warned of", async () => {
    const versioning = async () => "enabled" as const;
    expect(await checkBucket(inspector({ versioning }), "")).toContainEqual(
      expect.objectContaining({ check: "versioning", state: "warning" }),
    );
  });

  test.each([
    [{ mode: "COMPLIANCE", days: 30 }, "COMPLIANCE for 30 days: nothing younger can be deleted"],
    [{ mode: undefined, days: undefined }, "on, without a default: nothing is locked by itself"],
  ])("object lock %j is told", async (lock, message) => {
    const objectLock = async () => lock;
    expect(await checkBucket(inspector({ objectLock }), "")).toContainEqual(
      expect.objectContaining({ check: "object lock", state: "ok", message }),
    );
  });

  test.each([
    ["a rule that deletes archives", { expiresAfterDays: 30 }, "warning"],
    ["a rule that moves them", { movesTo: "GLACIER" }, "warning"],
    ["a rule that drops left-over uploads", { dropsUploadsAfterDays: 7 }, "ok"],
    ["a rule for other keys", { prefix: "site-b/", expiresAfterDays: 30 }, "ok"],
  ])("%s", async (_, rule, state) => {
    const lifecycle = async () => [{ ...RULE, ...rule }];
    expect(await checkBucket(inspector({ lifecycle }), "site-a/")).toContainEqual(
      expect.objectContaining({ check: "lifecycle", state }),
    );
  });
});

function inspector(own: Partial<BucketInspector>): BucketInspector {
  return {
    answer: async () => ({ clockAheadMs: 0, region: undefined }),
    versioning: async () => "off",
    objectLock: async () => undefined,
    lifecycle: async () => [],
    checksums: async () => "ignored",
    ...own,
  };
}
