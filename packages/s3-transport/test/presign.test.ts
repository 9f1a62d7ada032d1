import { describe, expect, test } from "vitest";
import { createPresigner, type S3Location } from "../src/index.ts";

const now = new Date("2026-11-22T03:15:00Z");
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "s3cr3t" };
const aws: S3Location = { bucket: "offsite", region: "eu-central-1", credentials };

async function urlFor(location: S3Location, key = "a/b.gpg", expiresIn = 3600): Promise<URL> {
  const { url } = await createPresigner(location, () => now).presign(key, expiresIn);
  return new URL(url);
}

describe("createPresigner", () => {
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
      { endpoint: "https://s3.example.net" },
      "https://offsite.s3.example.net/a/b.gpg",
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
    const presigner = createPresigner(aws, () => now);
    expect((await presigner.presign("a", 60)).expires).toEqual(new Date("2026-11-22T03:16:00Z"));
    expect((await presigner.presign("a", 10 ** 9)).expires).toEqual(
      new Date("2026-11-29T03:15:00Z"),
    );
  });

  test("never holds the secret", async () => {
    expect((await urlFor(aws)).href).not.toContain("s3cr3t");
  });
});
