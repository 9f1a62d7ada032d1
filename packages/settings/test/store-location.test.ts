import { describe, expect, test } from "vitest";
import { parseSettings, storeLocation } from "../src/index.ts";

function locationFor(lines: string): unknown {
  return storeLocation(parseSettings(`bucket = "b"\nencryption = "none"\n${lines}`, "c.toml"));
}

describe("storeLocation", () => {
  test("is AWS with the SDK's own credentials unless more is said", () => {
    expect(locationFor("")).toEqual({
      bucket: "b",
      region: "us-east-1",
      endpoint: undefined,
      forcePathStyle: false,
      conditionalPut: true,
      checksum: "sha256",
      connections: 4,
      credentials: undefined,
    });
  });

  test.each([
    ['endpoint = "http://127.0.0.1:7480"', true],
    ['endpoint = "http://127.0.0.1:7480"\nprovider = "ceph"', true],
    ['endpoint = "https://s3.wasabisys.com"\nprovider = "wasabi"', false],
  ])("asks for path style as the provider of %j does", (lines, forcePathStyle) => {
    expect(locationFor(lines)).toMatchObject({ forcePathStyle });
  });

  test("gives the credentials in clear to the client", () => {
    expect(
      locationFor('accessKeyId = "id"\nsecretAccessKey = "s"\nsessionToken = "t"'),
    ).toMatchObject({
      credentials: { accessKeyId: "id", secretAccessKey: "s", sessionToken: "t" },
    });
  });
});
