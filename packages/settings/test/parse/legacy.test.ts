import { expect, test } from "vitest";
import { parseSettings } from "../../src/index.ts";

const SECRETS_PY = `# Amazon
accesskey = 'ASDIASDVINASDVASsvblahblah'
sharedkey = '889rv98rv8fmasmvasdvsdvasdv'
gpgsymmetrickey = 'hunter2'
speedfile = '/tmp/speed'
`;

test("The Python program's secrets.py is understood as it is, with a bucket added", () => {
  const settings = parseSettings(`${SECRETS_PY}bucket = 'offsite'\n`, "secrets.py");
  expect(settings).toMatchObject({
    bucket: "offsite",
    accessKeyId: "ASDIASDVINASDVASsvblahblah",
    encryption: "openpgp",
    speedFile: "/tmp/speed",
    legacy: true,
  });
  expect(settings.secretAccessKey?.reveal()).toBe("889rv98rv8fmasmvasdvsdvasdv");
  expect(settings.passphrase?.reveal()).toBe("hunter2");
});

test("Who has its configuration has its archives, unless the file says otherwise", () => {
  const parsed = (text: string): boolean =>
    parseSettings(`bucket = 'offsite'\n${text}`, "secrets.py").legacy;
  expect(parsed("passphrase = 'hunter2'")).toBe(false);
  expect(parsed("passphrase = 'hunter2'\nlegacy = true")).toBe(true);
  expect(parsed("gpgsymmetrickey = 'hunter2'")).toBe(true);
  expect(parsed(`${SECRETS_PY}legacy = false`)).toBe(false);
});

test("Without a bucket it says which line to add", () => {
  expect(() => parseSettings(SECRETS_PY, "secrets.py")).toThrow(
    'secrets.py: "bucket" is missing: add a line such as bucket = "backuppc-offsite".',
  );
});

test.each([
  ["gpgsymmetrickey = ''", 'secrets.py:2: "gpgsymmetrickey" must not be empty.'],
  [
    "gpgsymmetrickey = 'x'\npassphraseFile = '/p'",
    'secrets.py:3: "gpgsymmetrickey" and "passphraseFile" exclude each other',
  ],
  [
    "passphrase = 'x'\ngpgsymmetrickey = 'y'",
    'secrets.py:2: "gpgsymmetrickey" and "passphrase" exclude each other',
  ],
  ["accesskey = 'x'", 'secrets.py:2: "accesskey" and "secretAccessKey" belong together.'],
  ["sharedKey = 'x'", 'there is no key "sharedKey"; did you mean "sharedkey"?'],
])("Messages speak of the old keys: %s", (lines, problem) => {
  expect(() => parseSettings(`bucket = 'x'\n${lines}`, "secrets.py")).toThrow(problem);
});
