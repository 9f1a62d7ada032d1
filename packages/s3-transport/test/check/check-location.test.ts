import { expect, test } from "vitest";
import { createS3, type S3Location, TIME_LIMITS } from "../../src/index.ts";

const invalid = expect.objectContaining({ code: "invalid-input" });
const objectLock = { mode: "GOVERNANCE", days: 30 } as const;
const GOOD = { bucket: "offsite", region: "us-east-1", objectLock };

const WRONG: readonly Partial<Record<keyof S3Location, unknown>>[] = [
  { bucket: "" },
  { bucket: undefined },
  { region: "" },
  { endpoint: "s3.example.net" },
  { endpoint: "ftp://s3.example.net" },
  { connections: 0 },
  { connections: 1.5 },
  { connections: NaN },
  { timeLimits: { ...TIME_LIMITS, stallMs: NaN } },
  { timeLimits: { ...TIME_LIMITS, connectMs: 0 } },
  { objectLock: { mode: "GOVERNANCE", days: 0 } },
  { objectLock: { mode: "GOVERNANCE", days: NaN } },
  { proxyFor: "http://proxy:3128" },
];

test.each(WRONG)("A location with %o is refused at once", (changes) => {
  const wrong: typeof GOOD = Object.assign({}, GOOD, changes);
  expect(() => createS3(wrong)).toThrow(invalid);
  expect(() => createS3(GOOD)).not.toThrow();
});
