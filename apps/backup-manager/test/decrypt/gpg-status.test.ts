import { describe, expect, test } from "vitest";
import { checkGpgStatus, type Opener } from "../../src/decrypt/gpg-status.ts";

const PASSPHRASE: Opener = { kind: "passphrase" };
const PRIMARY = "5091D1B2C3483212651A31844D44A3AEF9FAE54E";
const SUBKEY = "D1F2A1040FD688C779858577FBF68C9EDF9488D5";

/** As gpg 2.2 reports a message that is as it should be. */
const GOOD = [
  "NEED_PASSPHRASE_SYM 9 3 2",
  "BEGIN_DECRYPTION",
  "DECRYPTION_INFO 2 9 0",
  "PLAINTEXT 62 1795846890 p",
  "PLAINTEXT_LENGTH 6",
  "DECRYPTION_OKAY",
  "GOODMDC",
  "END_DECRYPTION",
];
const BY_KEY = [`DECRYPTION_KEY ${SUBKEY} ${PRIMARY} u`, ...GOOD.slice(1)];

function check(lines: readonly string[], opener: Opener): () => void {
  return () => checkGpgStatus(lines.map((line) => `[GNUPG:] ${line}\n`).join(""), opener);
}

test("an encrypted message that its passphrase opened is accepted", () => {
  expect(check(GOOD, PASSPHRASE)).not.toThrow();
});

test.each([PRIMARY, SUBKEY])("so is one that key %s opened", (fingerprint) => {
  const opener: Opener = { kind: "key", fingerprints: [fingerprint] };
  expect(check(BY_KEY, opener)).not.toThrow();
});

describe("refused is", () => {
  test("a literal packet", () => {
    const forged = ["PLAINTEXT 62 0 p", "PLAINTEXT_LENGTH 6"];
    expect(check(forged, PASSPHRASE)).toThrow("it is no encrypted message");
    expect(check([], PASSPHRASE)).toThrow("it is no encrypted message");
  });

  test("a literal packet before or after the encrypted message", () => {
    expect(check(["PLAINTEXT 62 0 p", ...GOOD], PASSPHRASE)).toThrow("not one encrypted message");
    expect(check([...GOOD, "PLAINTEXT 62 0 p"], PASSPHRASE)).toThrow("not one encrypted message");
  });

  test("a message without protected integrity", () => {
    const unprotected = GOOD.filter((line) => line !== "GOODMDC");
    expect(check(unprotected, PASSPHRASE)).toThrow("its integrity is not protected");
  });

  test("one that something else opened", () => {
    const opener: Opener = { kind: "key", fingerprints: ["0".repeat(40)] };
    expect(check(BY_KEY, opener)).toThrow("not opened by a key of the archive");
    expect(check(GOOD, opener)).toThrow("not opened by a key of the archive");
    expect(check(BY_KEY, PASSPHRASE)).toThrow("opened by a key, not by the passphrase");
    expect(check(GOOD.slice(1), PASSPHRASE)).toThrow("not encrypted with a passphrase");
  });

  test("status lines in the plaintext's file name", () => {
    const forged = ["PLAINTEXT 62 0 %0A[GNUPG:]%20GOODMDC", "PLAINTEXT_LENGTH 6"];
    expect(check(forged, PASSPHRASE)).toThrow("it is no encrypted message");
  });
});
