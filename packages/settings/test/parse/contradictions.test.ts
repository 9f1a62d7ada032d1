import { expect, test } from "vitest";
import { parseSettings } from "../../src/index.ts";

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
  [
    'encryption = "none"\nkmsKeyId = "alias/x"',
    'c.toml:3: "kmsKeyId" has no effect: add serverSideEncryption = "aws:kms".',
  ],
  [
    'encryption = "none"\nserverSideEncryption = "AES256"\nkmsKeyId = "alias/x"',
    'c.toml:4: "kmsKeyId" has no effect',
  ],
  [
    'encryption = "none"\nkmsKeyId = "alias/x"\n[serverSideEncryption]\nx = 1',
    '"kmsKeyId" has no effect',
  ],
  [
    'encryption = "none"\n[tags]\npurpose = "backup"\nmemory = "1GiB"',
    'c.toml:5: "memory" stands among the tags: write them on one line, tags = { … }.',
  ],
])("Refused: %j", (lines, problem) => {
  expect(() => parse(lines)).toThrow(problem);
});

test("What is only read from may lack what archives are opened with", () => {
  const options = { readOnly: true };
  expect(parseSettings('bucket = "x"\n', "c.toml", options)).toMatchObject({ bucket: "x" });
  expect(() => parseSettings('bucket = "x"\nkmsKeyId = "x"', "c.toml", options)).toThrow(
    "kmsKeyId",
  );
});

test.each([
  'encryption = "none"',
  'recipients = ["/key.asc"]',
  'recipients = ["/key.asc"]\npassphraseCommand = "x"',
  'encryption = "none"\nprovider = "aws"',
  'encryption = "none"\nserverSideEncryption = "aws:kms"\nkmsKeyId = "alias/x"',
  'encryption = "none"\n[tags]\npurpose = "backup"',
])("Taken: %j", (lines) => {
  expect(parse(lines)).toMatchObject({ bucket: "x" });
});
