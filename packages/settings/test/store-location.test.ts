import { describe, expect, test } from "vitest";
import { parseSettings, retriesOf, storeLocation, storeProxy } from "../src/index.ts";

function locationFor(lines: string): unknown {
  return storeLocation(parseSettings(`bucket = "b"\nencryption = "none"\n${lines}`, "c.toml"));
}

describe("storeProxy", () => {
  test.each([
    ["", "s3.amazonaws.com", "http://proxy:3128"],
    ["", "s3.us-east-1.amazonaws.com", undefined],
    ['region = "eu-west-1"', "s3.us-east-1.amazonaws.com", "http://proxy:3128"],
    ["", "offsite.s3.us-east-1.amazonaws.com", undefined],
    ['endpoint = "https://s3.example.net"\nprovider = "b2"', "offsite.s3.example.net", undefined],
    ['endpoint = "https://s3.example.net"', "offsite.s3.example.net", "http://proxy:3128"],
    ['endpoint = "https://10.1.2.3"', "10.0.0.0/8", undefined],
    ['endpoint = "https://[fd00::1]:9000"', "fd00::1", undefined],
  ])("of %j where no_proxy is %s", (lines, no_proxy, expected) => {
    const text = `bucket = "offsite"\nencryption = "none"\n${lines}`;
    const environment = { https_proxy: "http://proxy:3128", no_proxy };
    expect(storeProxy(parseSettings(text, "c.toml"), environment)).toBe(expected);
  });
});

describe("storeLocation", () => {
  test("is AWS with the SDK's own credentials unless more is said", () => {
    expect(locationFor("")).toEqual({
      bucket: "b",
      region: "us-east-1",
      endpoint: undefined,
      provider: undefined,
      connections: 4,
      credentials: undefined,
      timeLimits: { connectMs: 10_000, goAheadMs: 2000, stallMs: 60_000, answerMs: 300_000 },
    });
  });

  test.each([
    [0.5, { connectMs: 500, goAheadMs: 500, stallMs: 500, answerMs: 2500 }],
    [600, { connectMs: 100_000, goAheadMs: 2000, stallMs: 600_000, answerMs: 3_000_000 }],
  ])(
    "gives a request up after a timeout of %d s, and other waits as fit that",
    (timeout, limits) => {
      expect(locationFor(`timeout = ${timeout}`)).toMatchObject({ timeLimits: limits });
    },
  );

  test("has retries in milliseconds", () => {
    const settings = parseSettings(
      'bucket = "b"\nencryption = "none"\nattempts = 3\nretryWait = 0.25',
      "c.toml",
    );
    expect(retriesOf(settings)).toEqual({ attempts: 3, firstWaitMs: 250 });
  });

  test("names the provider, whose quirks are the store's own matter", () => {
    expect(locationFor('endpoint = "http://127.0.0.1:7480"\nprovider = "ceph"')).toMatchObject({
      endpoint: "http://127.0.0.1:7480",
      provider: "ceph",
    });
  });

  test("gives the credentials in clear to the client", () => {
    expect(
      locationFor('accessKeyId = "id"\nsecretAccessKey = "s"\nsessionToken = "t"'),
    ).toMatchObject({
      credentials: { accessKeyId: "id", secretAccessKey: "s", sessionToken: "t" },
    });
  });

  test("tells what the store is asked for each object", () => {
    const lines = [
      'serverSideEncryption = "aws:kms"',
      'kmsKeyId = "alias/backuppc"',
      'objectLock = { mode = "GOVERNANCE", days = 30 }',
      'tags = { purpose = "backup" }',
    ];
    expect(locationFor(lines.join("\n"))).toMatchObject({
      serverSideEncryption: "aws:kms",
      kmsKeyId: "alias/backuppc",
      objectLock: { mode: "GOVERNANCE", days: 30 },
      tags: { purpose: "backup" },
    });
  });

  test("reads temporary credentials anew when they are asked for again", async () => {
    const lines = (token: string): string =>
      `bucket = "b"\nencryption = "none"\naccessKeyId = "id"\nsecretAccessKey = "s"\nsessionToken = "${token}"`;
    const settings = parseSettings(lines("old"), "c.toml");
    const { credentials } = storeLocation(settings, {
      reload: async () => parseSettings(lines("new"), "c.toml"),
    });
    if (typeof credentials !== "function") throw new Error("They can't be asked for again.");
    expect(await credentials()).toMatchObject({ sessionToken: "old" });
    expect(await credentials()).toMatchObject({ sessionToken: "new" });
  });

  test("goes on with temporary credentials that the configuration has no more", async () => {
    const lines = 'bucket = "b"\nencryption = "none"';
    const keys = 'accessKeyId = "id"\nsecretAccessKey = "s"\nsessionToken = "t"';
    const { credentials } = storeLocation(parseSettings(`${lines}\n${keys}`, "c.toml"), {
      reload: async () => parseSettings(lines, "c.toml"),
    });
    if (typeof credentials !== "function") throw new Error("They can't be asked for again.");
    const first = await credentials();
    expect(await credentials()).toEqual(first);
  });

  test("goes through the proxy of the environment, which each request is looked up in", () => {
    const settings = parseSettings('bucket = "b"\nencryption = "none"', "c.toml");
    const environment = { https_proxy: "http://proxy:3128", no_proxy: "elsewhere.example.net" };
    const { proxyFor } = storeLocation(settings, { environment });
    const place = { protocol: "https:", hostname: "s3.amazonaws.com" };
    expect(proxyFor?.(place)).toEqual({ address: "http://proxy:3128" });
    expect(proxyFor?.({ ...place, hostname: "elsewhere.example.net" })).toBeUndefined();
  });

  test("goes through it for AWS, too, where no_proxy names another address of AWS", () => {
    const settings = parseSettings('bucket = "b"\nencryption = "none"', "c.toml");
    const environment = { https_proxy: "http://proxy:3128", no_proxy: "s3.amazonaws.com" };
    const { proxyFor } = storeLocation(settings, { environment });
    const place = { protocol: "https:", hostname: "b.s3.us-east-1.amazonaws.com" };
    expect(proxyFor?.(place)).toEqual({ address: "http://proxy:3128" });
  });

  test("leaves lasting credentials as they are", () => {
    const keys = 'accessKeyId = "id"\nsecretAccessKey = "s"';
    const settings = parseSettings(`bucket = "b"\nencryption = "none"\n${keys}`, "c.toml");
    const { credentials } = storeLocation(settings, { reload: () => expect.unreachable() });
    expect(credentials).toEqual({ accessKeyId: "id", secretAccessKey: "s" });
  });

  describe("with keys of the environment", () => {
    const ENVIRONMENT = { AWS_ACCESS_KEY_ID: "env", AWS_SECRET_ACCESS_KEY: "s" };
    const inEnvironment = (environment: Record<string, string>, lines = ""): unknown => {
      const text = `bucket = "b"\nencryption = "none"\n${lines}`;
      return storeLocation(parseSettings(text, "c.toml"), { environment }).credentials;
    };

    test("takes them before a profile, as the AWS CLI does", () => {
      const keys = { accessKeyId: "env", secretAccessKey: "s" };
      expect(inEnvironment(ENVIRONMENT)).toEqual(keys);
      expect(inEnvironment({ ...ENVIRONMENT, AWS_PROFILE: "other" })).toEqual(keys);
    });

    test("takes a session with its end", () => {
      const AWS_CREDENTIAL_EXPIRATION = "2026-11-22T12:00:00Z";
      const session = { ...ENVIRONMENT, AWS_SESSION_TOKEN: "t", AWS_CREDENTIAL_EXPIRATION };
      expect(inEnvironment(session)).toEqual({
        accessKeyId: "env",
        secretAccessKey: "s",
        sessionToken: "t",
        expiration: new Date(AWS_CREDENTIAL_EXPIRATION),
      });
    });

    test.each([{ AWS_SECRET_ACCESS_KEY: "s" }, { ...ENVIRONMENT, AWS_ACCESS_KEY_ID: "" }])(
      "leaves %o to the SDK",
      (environment) => expect(inEnvironment(environment)).toBeUndefined(),
    );

    test.each([
      { AWS_ACCESS_KEY_ID: "env" },
      { AWS_ACCESS_KEY_ID: "env", AWS_SECRET_ACCESS_KEY: "", AWS_PROFILE: "other" },
    ])("refuses half a pair, as the AWS CLI does: %o", (environment) => {
      expect(() => inEnvironment(environment)).toThrow("without AWS_SECRET_ACCESS_KEY");
      const own = 'accessKeyId = "own"\nsecretAccessKey = "o"';
      expect(inEnvironment(environment, own)).toMatchObject({ accessKeyId: "own" });
    });

    test("refuses a profile that is not there, as the AWS CLI does", () => {
      const environment = { HOME: "/nowhere", AWS_PROFILE: "other" };
      expect(() => inEnvironment(environment)).toThrow('AWS_PROFILE names the profile "other"');
    });

    test("takes those of the configuration before all others", () => {
      const own = 'accessKeyId = "own"\nsecretAccessKey = "o"';
      expect(inEnvironment(ENVIRONMENT, own)).toMatchObject({ accessKeyId: "own" });
    });
  });
});
