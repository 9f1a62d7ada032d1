import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { parseKeyListing } from "../../src/doctor/key-listing.ts";
import { ProgramFailure } from "../../src/program/through-program.ts";
import { checkGpgStatus } from "../../src/decrypt/gpg-status.ts";

const OPENED = [
  "NEED_PASSPHRASE_SYM 9 3 8",
  "BEGIN_DECRYPTION",
  "DECRYPTION_INFO 2 9 0",
  "PLAINTEXT 62 0 ",
  "DECRYPTION_OKAY",
  "GOODMDC",
  "END_DECRYPTION",
].map((line) => `[GNUPG:] ${line}\n`);

test("gpg's status: whatever it is, an opened message or a failure", async ({ task }) => {
  const tally = await fuzz({
    samples: [OPENED.join("")],
    parse: (bytes) => {
      checkGpgStatus(Buffer.from(bytes).toString(), { kind: "passphrase" });
      return true;
    },
    refusals: [ProgramFailure],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "gpg's status", ...tally } });
});

const LISTING = `tru::1:1700000000:0:3:1:5
pub:u:255:22:0123456789ABCDEF:1700000000:1900000000::u:::scESC::::ed25519:::0:
fpr:::::::::0123456789ABCDEF0123456789ABCDEF01234567:
uid:u::::1700000000::0123::Off-site <offsite@example.net>::::::::::0:
sub:u:255:18:0123456789ABCDE0:1700000000:1800000000:::::e::::cv25519::
`;

test("gpg's list of keys: whatever it is, keys with dates that are some", async ({ task }) => {
  const tally = await fuzz({
    samples: [LISTING, `${LISTING}${LISTING}`],
    parse: (bytes) => parseKeyListing(Buffer.from(bytes).toString()),
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "gpg's list of keys", ...tally } });
});
