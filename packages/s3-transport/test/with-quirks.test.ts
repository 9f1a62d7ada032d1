import { expect, test } from "vitest";
import { PROVIDER_NAMES, PROVIDERS, providerOf, type S3Location } from "../src/index.ts";
import { withQuirks } from "../src/with-quirks.ts";

const PLACE = { bucket: "offsite", region: "us-east-1" };
const ENDPOINT = "https://s3.example.net";

test.each(PROVIDER_NAMES)("A location at %s has the quirks of that provider", (provider) => {
  const { reasons: _, ...quirks } = PROVIDERS[provider];
  expect(withQuirks({ ...PLACE, endpoint: ENDPOINT, provider })).toMatchObject(quirks);
});

test("A location without a provider is at AWS, or at an endpoint of which nothing is known", () => {
  expect(providerOf({})).toBe("aws");
  expect(providerOf({ endpoint: ENDPOINT })).toBe("other");
  expect(withQuirks<S3Location>(PLACE)).toMatchObject({
    forcePathStyle: false,
    checksum: "sha256",
  });
  expect(withQuirks({ ...PLACE, endpoint: ENDPOINT })).toMatchObject({
    forcePathStyle: true,
    conditionalPut: "try",
    checksum: "none",
  });
});

test("What a location says itself goes before its provider", () => {
  const own = {
    forcePathStyle: true,
    conditionalPut: false,
    checksum: "none",
    etag: "opaque",
    askFirst: false,
  } as const;
  expect(withQuirks({ ...PLACE, provider: "aws", ...own })).toMatchObject(own);
});
