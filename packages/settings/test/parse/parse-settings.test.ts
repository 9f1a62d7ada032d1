import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { parseSettings } from "../../src/index.ts";

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
      filters: [],
      signers: [],
      refreshAfter: 180,
      stateDirectory: "/var/lib/backuppc/archives3",
      memory: 268_435_456,
      workers: 0,
      connections: 4,
      sourceErrors: "fail",
    });
  });

  test.each([
    ['buckett = "x"', 'config.toml:3: there is no key "buckett"; did you mean "bucket"?'],
    ["xyzzyqwertyuiop = 1", 'config.toml:3: there is no key "xyzzyqwertyuiop".'],
    ["__proto__ = 1", 'config.toml:3: there is no key "__proto__".'],
    ['"a\\nb" = 1', 'there is no key "a\\nb".'],
    ["[storage]", 'config.toml:3: there is no section "storage": keys stand without one.'],
    ["memory = 1", 'config.toml:3: "memory" must be at least 64 MiB.'],
    ['memory = "much"', 'config.toml:3: "memory" must be such as "64MiB".'],
    ["memory = true", 'config.toml:3: "memory" must be such as "64MiB".'],
    ["memory = inf", 'config.toml:3: "memory" must be such as "64MiB".'],
    ['chunkSize = "64MiB"', 'config.toml:3: "chunkSize" must be at most 32 MiB.'],
    ['chunkSize = "1MB"', 'config.toml:3: "chunkSize" must be at least 1 MiB.'],
    ["compressionLevel = 0", '"compressionLevel" must be a whole number from 1 to 9.'],
    ['refreshAfter = "0d"', '"refreshAfter" must be at least "1d".'],
    ['refreshAfter = "6 months"', '"refreshAfter" must be such as "180d".'],
    ['stateDirectory = "archives3"', '"stateDirectory" must be an absolute path.'],
    ['filters = ["lz4"]', '"filters", entry 1, must be an absolute path.'],
    ['filters = "/bin/lz4"', '"filters" must be a list such as'],
    ['signers = [""]', '"signers", entry 1, must not be empty.'],
    ["uploadLimit = 20", '"uploadLimit" must be at least 1 kB/s, such as "20MB/s".'],
    ['uploadLimit = "20MB/min"', '"uploadLimit" must be such as "20MB/s".'],
    [
      'endpoint = "s3.example.net"',
      'config.toml:3: "endpoint" must be such as "https://s3.example.net".',
    ],
    ['endpoint = "https://id:key@s3"', '"endpoint" must be such as "https://s3.example.net".'],
    ['prefix = "/site"', '"prefix" must end with "/" and not start with it.'],
    [
      'prefix = "a/../b/"',
      '"prefix" must have no "." and no ".." between slashes: what fetches a URL takes them out.',
    ],
    ["connections = 0", '"connections" must be a whole number from 1 to 64.'],
    ["workers = 1.5", '"workers" must be a whole number from 0 to 64.'],
    ['sourceErrors = "ignore"', '"sourceErrors" must be "fail" or "warn".'],
    ["syslog = 1", '"syslog" must be true or false.'],
    ['recipients = ["/a", ""]', '"recipients", entry 2, must not be empty.'],
    [
      'recipients = ["~/a"]',
      '"recipients", entry 1, must be a path; "~" stands for no folder here.',
    ],
    ['pingUrl = "ftp://hc.example.net"', '"pingUrl" must be such as "https://hc.example.net/'],
    ['pingUrl = "https://{host}.example.net/"', '"pingUrl" must be such as "https://hc.example.'],
    ['recipients = "/a"', '"recipients" must be a list such as'],
    ['speedFile = ""', 'config.toml:3: "speedFile" must not be empty.'],
    ['tags = { cost = "a,b" }', '"tags", entry "cost", must be 1 to 256 letters, digits'],
    ['tags = "cost"', '"tags" must be such as { purpose = "backup" }.'],
    ['serverSideEncryption = "aes"', '"serverSideEncryption" must be "AES256" or "aws:kms".'],
    [
      'objectLock = "GOVERNANCE"',
      '"objectLock" must be such as { mode = "GOVERNANCE", days = 30 }.',
    ],
    ['objectLock = { mode = "ON" }', '"objectLock", entry "mode", must be "GOVERNANCE" or "COMPL'],
    [
      'objectLock = { mode = "GOVERNANCE", days = 0 }',
      'config.toml:3: "objectLock", entry "days", must be a whole number from 1 to 36500.',
    ],
    ['objectLock = { mode = "GOVERNANCE", days = 1, day = 2 }', '"objectLock" must be such as'],
    ['compression = "lzma"', '"compression" must be "auto", "none", "gzip", "bzip2" or'],
    ['"region" = 1', 'config.toml:3: "region" must be a text in quotes.'],
    ["what = ", "config.toml:3:8: Invalid TOML document: "],
  ])("tells what is wrong with %s", (line, problem) => {
    expect(problems(MINIMAL + line)).toContain(problem);
  });

  test.each(["s3://offsite", "offsite/site-a", ""])("refuses the bucket %j", (bucket) => {
    expect(problems(`bucket = "${bucket}"\nencryption = "none"`)).toMatch(
      /^config.toml:1: "bucket"/,
    );
  });

  test("begins relative paths at the file's folder", () => {
    const text = `bucket = "x"
passphraseFile = "phrase"
recipients = ["keys/a.asc", "/b.asc"]
signers = ["signer.asc", "/c.asc"]
speedFile = "../speed"
caFile = "ca.pem"
`;
    expect(parseSettings(text, "/etc/site/config.toml")).toMatchObject({
      passphraseFile: "/etc/site/phrase",
      recipients: ["/etc/site/keys/a.asc", "/b.asc"],
      signers: ["/etc/site/signer.asc", "/c.asc"],
      speedFile: "/etc/speed",
      caFile: "/etc/site/ca.pem",
    });
    expect(parseSettings(text, "config.toml")).toMatchObject({ passphraseFile: "phrase" });
  });

  test("takes a lock of mode and days, and tags by name", () => {
    const lock = 'objectLock = { mode = "GOVERNANCE", days = 30 }\n';
    const tags = 'tags = { purpose = "backup", "cost center" = "4711" }\n';
    expect(parseSettings(MINIMAL + lock + tags, "config.toml")).toMatchObject({
      objectLock: { mode: "GOVERNANCE", days: 30 },
      tags: { purpose: "backup", "cost center": "4711" },
    });
  });

  test("leaves the size of chunks and the level of compression to the program unless they are given", () => {
    const { chunkSize, compressionLevel } = parseSettings(MINIMAL, "config.toml");
    expect([chunkSize, compressionLevel]).toEqual([undefined, undefined]);
    const given = 'chunkSize = "32MiB"\ncompressionLevel = 9\nrefreshAfter = "90d"\n';
    expect(parseSettings(MINIMAL + given, "config.toml")).toMatchObject({
      chunkSize: 33_554_432,
      compressionLevel: 9,
      refreshAfter: 90,
    });
  });

  test("refuses a passphrase that no restore could type", () => {
    expect(problems('bucket = "x"\npassphrase = "two\\nlines"')).toBe(
      'config.toml:2: "passphrase" must be one line without control characters.',
    );
  });

  test("tells every problem, a line each, contradictions beside wrong values", () => {
    expect(problems('memory = 1\nconections = 4\naccessKeyId = "x"\n').split("\n")).toEqual([
      'config.toml: "bucket" is missing: add a line such as bucket = "backuppc-offsite".',
      'config.toml:1: "memory" must be at least 64 MiB.',
      'config.toml:2: there is no key "conections"; did you mean "connections"?',
      expect.stringContaining("no passphrase"),
      'config.toml:3: "accessKeyId" and "secretAccessKey" belong together.',
    ]);
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
