import { afterEach, describe, expect, test, vi } from "vitest";
import { createS3, type S3Location } from "../../src/index.ts";

const now = new Date("2026-11-22T03:15:00Z");
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "s3cr3t" };
const aws: S3Location = { bucket: "offsite", region: "eu-central-1", credentials };

async function urlFor(location: S3Location, key = "a/b.gpg", expiresIn = 3600): Promise<URL> {
  const { url } = await createS3(location, { now: () => now }).presigner.presign(key, expiresIn);
  return new URL(url);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("createS3().presigner", () => {
  test("signs the host alone, so that plain curl and wget can use the URL", async () => {
    const { searchParams } = await urlFor(aws);
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe("host");
    expect([...searchParams.keys()].filter((name) => !name.startsWith("X-Amz-"))).toEqual([]);
    expect(searchParams.get("X-Amz-Date")).toBe("20261122T031500Z");
    expect(searchParams.get("X-Amz-Credential")).toContain("/eu-central-1/s3/");
  });

  test.each<[string, Partial<S3Location>, string]>([
    ["AWS", {}, "https://offsite.s3.eu-central-1.amazonaws.com/a/b.gpg"],
    [
      "a bucket with dots",
      { bucket: "off.site" },
      "https://s3.eu-central-1.amazonaws.com/off.site/a/b.gpg",
    ],
    [
      "path style",
      { endpoint: "http://127.0.0.1:7480", forcePathStyle: true },
      "http://127.0.0.1:7480/offsite/a/b.gpg",
    ],
    [
      "a host for each bucket",
      { endpoint: "https://s3.example.net", provider: "wasabi" },
      "https://offsite.s3.example.net/a/b.gpg",
    ],
    [
      "a bucket with dots behind an endpoint",
      { bucket: "off.site", endpoint: "https://s3.example.net:9000" },
      "https://s3.example.net:9000/off.site/a/b.gpg",
    ],
    ["China", { region: "cn-north-1" }, "https://offsite.s3.cn-north-1.amazonaws.com.cn/a/b.gpg"],
    [
      "the first region",
      { region: "us-east-1" },
      "https://offsite.s3.us-east-1.amazonaws.com/a/b.gpg",
    ],
  ])("addresses %s", async (_, changes, address) => {
    const { origin, pathname } = await urlFor({ ...aws, ...changes });
    expect(origin + pathname).toBe(address);
  });

  test("carries a session token", async () => {
    const url = await urlFor({ ...aws, credentials: { ...credentials, sessionToken: "t0ken" } });
    expect(url.searchParams.get("X-Amz-Security-Token")).toBe("t0ken");
  });

  test("lives as long as asked, and 7 days at most", async () => {
    const presigner = createS3(aws, { now: () => now }).presigner;
    expect((await presigner.presign("a", 60)).expires).toEqual(new Date("2026-11-22T03:16:00Z"));
    expect((await presigner.presign("a", 10 ** 9)).expires).toEqual(
      new Date("2026-11-29T03:15:00Z"),
    );
  });

  test.each(["us-east-1", "eu-central-2", "auto", "garage", "REGION-1"])(
    "signs for the region %s",
    async (region) => {
      const endpoint = "https://s3.example.net";
      const { searchParams } = await urlFor({ ...aws, endpoint, region, forcePathStyle: true });
      expect(searchParams.get("X-Amz-Credential")).toBe(
        `AKIDEXAMPLE/20261122/${region}/s3/aws4_request`,
      );
    },
  );

  test("encodes a key whose characters mean something in a URL", async () => {
    const { pathname, search } = await urlFor(aws, "a b/ü+?#%41&'\"/c.gpg");
    expect(pathname).toBe("/a%20b/%C3%BC%2B%3F%23%2541%26%27%22/c.gpg");
    expect(search).not.toContain("c.gpg");
  });

  describe("with credentials that expire", () => {
    const expiring = async (expiresIn: number): Promise<Date> => {
      vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "s3cr3t");
      vi.stubEnv("AWS_SESSION_TOKEN", "t0ken");
      vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T04:15:00Z");
      const presigner = createS3(
        { bucket: "offsite", region: "eu-central-1" },
        { now: () => now },
      ).presigner;
      const { url, expires } = await presigner.presign("a", expiresIn);
      const seconds = Number(new URL(url).searchParams.get("X-Amz-Expires"));
      expect(new Date(now.getTime() + seconds * 1000)).toEqual(expires);
      return expires;
    };

    test("URLs end with them", async () => {
      expect(await expiring(86_400)).toEqual(new Date("2026-11-22T04:15:00Z"));
    });

    test("URLs end earlier where that was asked for", async () => {
      expect(await expiring(60)).toEqual(new Date("2026-11-22T03:16:00Z"));
    });

    test("no URL is signed after their end", async () => {
      const late = (): Date => new Date("2026-11-22T04:15:01Z");
      vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "s3cr3t");
      vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2026-11-22T04:15:00Z");
      const presigner = createS3(
        { bucket: "offsite", region: "eu-central-1" },
        { now: late },
      ).presigner;
      await expect(presigner.presign("a", 60)).rejects.toMatchObject({ code: "bad-credentials" });
    });
  });

  test("never holds the secret", async () => {
    expect((await urlFor(aws)).href).not.toContain("s3cr3t");
  });
});
