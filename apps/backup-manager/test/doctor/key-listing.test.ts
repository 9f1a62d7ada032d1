import { describe, expect, test } from "vitest";
import { parseKeyListing } from "../../src/doctor/key-listing.ts";

const FINGERPRINT = "A".repeat(40);

/** As gpg --with-colons tells of a key; @param sub of its encryption subkey */
function listing(pub: string, sub: string): string {
  return `pub:${pub}:255:22:AAAA:1700000000:2000000000::-:::scESC::::::23::0:
fpr:::::::::${FINGERPRINT}:
uid:-::::1700000000::HASH::Offsite::::::::::0:
sub:${sub}
fpr:::::::::${"B".repeat(40)}:
`;
}

const GOOD = "-:255:18:BBBB:1700000000:1900000000:::::e::::::23:";

test("a key encrypts until its subkey or itself ends", () => {
  expect(parseKeyListing(listing("-", GOOD))).toEqual([
    { fingerprint: FINGERPRINT, canEncrypt: true, expires: new Date(1_900_000_000_000) },
  ]);
});

test.each(["19001800000000", "1e309", "-1e309", "x"])(
  "a key that ends at %s, which is no date, has no end",
  (end) => {
    const odd = listing("-", GOOD).replaceAll(/1900000000|2000000000/g, end);
    expect(parseKeyListing(odd)).toEqual([
      { fingerprint: FINGERPRINT, canEncrypt: true, expires: undefined },
    ]);
  },
);

describe("a key that can't encrypt", () => {
  test.each([
    ["is revoked", listing("r", GOOD)],
    ["is expired", listing("e", GOOD)],
    ["has a revoked subkey", listing("-", GOOD.replace("-", "r"))],
    ["can only sign", listing("-", GOOD.replace(":e:", ":s:"))],
  ])("%s", (_, text) => {
    expect(parseKeyListing(text)).toEqual([
      { fingerprint: FINGERPRINT, canEncrypt: false, expires: undefined },
    ]);
  });
});

test("what is no key is none, and two are two", () => {
  expect(parseKeyListing("gpg: no valid OpenPGP data found.\n")).toEqual([]);
  expect(parseKeyListing(listing("-", GOOD) + listing("-", GOOD))).toHaveLength(2);
});
