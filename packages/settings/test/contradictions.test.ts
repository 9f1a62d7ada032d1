import { expect, test } from "vitest";
import { parseSettings } from "../src/index.ts";

function parse(lines: string): unknown {
  return parseSettings(`bucket = "x"\n${lines}`, "c.toml");
}

test.each([
  ["", "c.toml: no passphrase: add passphraseFile"],
  ["recipients = []", "c.toml: no passphrase: add passphraseFile"],
  ['encryption = "openpgp"', "c.toml:2: no passphrase: add passphraseFile"],
  [
    'passphrase = "x"\npassphraseFile = "/x"\npassphraseCommand = "x"',
    '"passphrase" and "passphraseFile" and "passphraseCommand" exclude each other: keep one.',
  ],
  [
    'encryption = "none"\nsecretAccessKey = "x"',
    'c.toml:3: "accessKeyId" and "secretAccessKey" belong together.',
  ],
  [
    'encryption = "none"\nsessionToken = "x"',
    'c.toml:3: "sessionToken" needs "accessKeyId" and "secretAccessKey".',
  ],
  [
    'encryption = "none"\nprovider = "wasabi"',
    'c.toml:3: "endpoint" is missing: add a line such as endpoint = "https://s3.example.net"',
  ],
])("Refused: %j", (lines, problem) => {
  expect(() => parse(lines)).toThrow(problem);
});

test.each([
  'encryption = "none"',
  'recipients = ["/key.asc"]',
  'recipients = ["/key.asc"]\npassphraseCommand = "x"',
  'encryption = "none"\nprovider = "aws"',
])("Taken: %j", (lines) => {
  expect(parse(lines)).toMatchObject({ bucket: "x" });
});
