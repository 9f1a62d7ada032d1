import { describe, expect, test } from "vitest";
import { answeringStore, refusal, xml } from "../answering-store.ts";

describe("A bucket's versioning is", () => {
  test.each([
    ["enabled", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"],
    ["suspended", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"],
    ["off", "<VersioningConfiguration/>"],
  ])("%s by %s", async (versioning, answer) => {
    const { s3, requests } = await answeringStore(xml(answer));
    expect(await s3.inspector.versioning()).toBe(versioning);
    expect(requests).toEqual(["GET /offsite/?versioning="]);
  });
});

describe("A bucket's lock is", () => {
  const lock = (rule: string): string =>
    `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
  const retention = (period: string): string =>
    lock(`<Rule><DefaultRetention><Mode>COMPLIANCE</Mode>${period}</DefaultRetention></Rule>`);

  test.each([
    ["of days", retention("<Days>3</Days>"), { mode: "COMPLIANCE", days: 3 }],
    ["of years, as days", retention("<Years>2</Years>"), { mode: "COMPLIANCE", days: 730 }],
    ["without a period of its own", lock(""), { mode: undefined, days: undefined }],
    ["none where it is not enabled", "<ObjectLockConfiguration/>", undefined],
  ])("%s", async (_, answer, expected) => {
    const { s3 } = await answeringStore(xml(answer));
    expect(await s3.inspector.objectLock()).toEqual(expected);
  });

  test("none where the store has no name for a bucket that was made without", async () => {
    const { s3 } = await answeringStore(refusal(404, "ObjectLockConfigurationNotFoundError"));
    expect(await s3.inspector.objectLock()).toBeUndefined();
  });

  test("not known where the store refuses to say", async () => {
    const { s3 } = await answeringStore(refusal(403, "AccessDenied"));
    await expect(s3.inspector.objectLock()).rejects.toMatchObject({ code: "denied" });
  });
});

describe("A bucket's rules", () => {
  const none = {
    expiresAfterDays: undefined,
    dropsUploadsAfterDays: undefined,
    movesTo: undefined,
  };

  test("are for a prefix, for a prefix and tags, or for all, and only those that are enabled", async () => {
    const rule = (parts: string, status = "Enabled"): string =>
      `<Rule>${parts}<Status>${status}</Status></Rule>`;
    const { s3 } = await answeringStore(
      xml(`<LifecycleConfiguration>
        ${rule("<Filter><Prefix>a/</Prefix></Filter><Expiration><Days>9</Days></Expiration>")}
        ${rule("<Filter><And><Prefix>b/</Prefix></And></Filter><Transition><StorageClass>GLACIER</StorageClass></Transition>")}
        ${rule("<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>")}
        ${rule("<Filter><Prefix>c/</Prefix></Filter>", "Disabled")}
      </LifecycleConfiguration>`),
    );
    expect(await s3.inspector.lifecycle()).toEqual([
      { ...none, prefix: "a/", expiresAfterDays: 9 },
      { ...none, prefix: "b/", movesTo: "GLACIER" },
      { ...none, prefix: "", dropsUploadsAfterDays: 7 },
    ]);
  });

  test.each([
    ["the answer has none", xml("<LifecycleConfiguration/>")],
    ["the store says so", refusal(404, "NoSuchLifecycleConfiguration")],
  ])("are none where %s", async (_, answer) => {
    const { s3 } = await answeringStore(answer);
    expect(await s3.inspector.lifecycle()).toEqual([]);
  });

  test("are not known where the store refuses to say", async () => {
    const { s3 } = await answeringStore(refusal(501, "NotImplemented"));
    await expect(s3.inspector.lifecycle()).rejects.toMatchObject({
      code: "not-implemented",
    });
  });
});

describe("Any answer shows", () => {
  test.each([200, 403])("the store's clock and region (%i)", async (status) => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const { s3 } = await answeringStore((_, response) =>
      response.writeHead(status, { date, "x-amz-bucket-region": "eu-west-9" }).end(),
    );
    const { clockAheadMs = 0, region } = await s3.inspector.answer();
    expect(region).toBe("eu-west-9");
    expect(Math.abs(clockAheadMs - 3_600_000)).toBeLessThan(600_000);
  });

  test("neither where it says nothing of them", async () => {
    const { s3 } = await answeringStore((_, response) => {
      response.sendDate = false;
      response.writeHead(200).end();
    });
    const nothing = { clockAheadMs: undefined, region: undefined };
    expect(await s3.inspector.answer()).toEqual(nothing);
  });

  test("nothing where none comes", async () => {
    const { s3 } = await answeringStore((request) => request.socket.destroy());
    await expect(s3.inspector.answer()).rejects.toMatchObject({ code: "unreachable" });
  });
});

describe("A wrong checksum is", () => {
  test.each([
    ["checked", refusal(400, "BadDigest")],
    ["checked", refusal(400, "XAmzContentChecksumMismatch")],
    ["ignored", xml("")],
  ])("%s", async (expected, answer) => {
    const { s3 } = await answeringStore(answer);
    expect(await s3.inspector.checksums("probe")).toBe(expected);
  });

  test("not tried where the key may not put", async () => {
    const { s3 } = await answeringStore(refusal(403, "AccessDenied"));
    await expect(s3.inspector.checksums("probe")).rejects.toMatchObject({ code: "denied" });
  });
});
