import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { parseSettings } from "../src/index.ts";

const MINIMAL = 'bucket = "offsite"\npassphrase = "hunter2"\n';

function problems(text: string, file = "config.toml"): string {
  try {
    parseSettings(text, file);
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "";
}

describe("parseSettings", () => {
  test("fills in the defaults", () => {
    expect(parseSettings(MINIMAL, "config.toml")).toMatchObject({
      bucket: "offsite",
      prefix: "",
      region: "us-east-1",
      encryption: "openpgp",
      compression: "auto",
      chunkSize: 67_108_864,
      memory: 268_435_456,
      workers: 0,
      connections: 4,
      sourceErrors: "fail",
    });
  });

  test("understands the predecessor's secrets.py as it is, with a bucket added", () => {
    const secretsPy = `# secrets
accesskey = 'ASDIASDVINASDVASsvblahblah'
sharedkey = '889rv98rv8fmasmvasdvsdvasdv'
gpgsymmetrickey = 'hunter2'
speedfile = '/tmp/speed'
`;
    const settings = parseSettings(`${secretsPy}bucket = 'offsite'\n`, "secrets.py");
    expect(settings.accessKeyId).toBe("ASDIASDVINASDVASsvblahblah");
    expect(settings.secretAccessKey?.reveal()).toBe("889rv98rv8fmasmvasdvsdvasdv");
    expect(settings.passphrase?.reveal()).toBe("hunter2");
    expect(settings.speedFile).toBe("/tmp/speed");
    expect(problems(secretsPy, "secrets.py")).toBe(
      'secrets.py: "bucket" is missing: add a line such as bucket = "backuppc-offsite".',
    );
  });

  test.each([
    ['buckett = "x"', 'config.toml:3: there is no "buckett"; did you mean "bucket".'],
    ["memory = 1", 'config.toml:3: "memory" must be at least 32 MiB.'],
    ['memory = "much"', 'config.toml:3: "memory" must be such as "64MiB".'],
    ['chunkSize = "5GiB"', "must be at most 5 GiB - 64 MiB"],
    [
      'endpoint = "s3.example.net"',
      'config.toml:3: "endpoint" must be such as "https://s3.example.net".',
    ],
    ['prefix = "/site"', '"prefix" must end with "/" and not start with it.'],
    ["connections = 0", 'config.toml:3: "connections"'],
    ['compression = "lzma"', '"compression" must be "auto", "none", "gzip", "bzip2" or'],
    ['passphraseFile = "/x"', '"passphrase" and "passphraseFile" exclude each other.'],
    ['accessKeyId = "x"', '"accessKeyId" and "secretAccessKey" belong together.'],
    ["what = ", "config.toml:3:"],
  ])("tells what is wrong with %s", (line, problem) => {
    expect(problems(MINIMAL + line)).toContain(problem);
  });

  test("tells every problem, a line each", () => {
    expect(problems("memory = 1\nconections = 4\n").split("\n")).toHaveLength(3);
  });

  test("needs a passphrase or recipients, unless encryption is switched off in writing", () => {
    expect(problems('bucket = "x"')).toContain("no passphrase: add passphraseFile");
    expect(problems('bucket = "x"\nencryption = "none"')).toBe("");
    expect(problems('bucket = "x"\nrecipients = ["/key.asc"]')).toBe("");
  });

  test("never shows a secret", () => {
    const settings = parseSettings(
      `${MINIMAL}accessKeyId = "id"\nsecretAccessKey = "s3cr3t"\n`,
      "config.toml",
    );
    for (const shown of [
      inspect(settings),
      JSON.stringify(settings),
      String(settings.passphrase),
    ]) {
      expect(shown).not.toMatch(/hunter2|s3cr3t/);
    }
    expect(problems('passphrase = "hunter2\n')).not.toContain("hunter2");
    expect(problems("passphrase = 12345678")).not.toContain("12345678");
  });
});
