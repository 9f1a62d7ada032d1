import { expect, test } from "vitest";
import { legacyBuckets } from "../../src/index.ts";

const names = [
  "asdi1-bkup-gandalf",
  "asdi2-bkup-gandalf",
  "asdi1-bkup-web.example.com",
  "asdi1-bkup-db-bkup-2",
  "backuppc-offsite",
  "-bkup-x",
  "asdi1-bkup-",
];

test("the Python program's buckets are known by their names, with the host and the access key", () => {
  expect(legacyBuckets(names)).toEqual([
    { bucket: "asdi1-bkup-gandalf", host: "gandalf", accessKeyId: "asdi1" },
    { bucket: "asdi2-bkup-gandalf", host: "gandalf", accessKeyId: "asdi2" },
    { bucket: "asdi1-bkup-web.example.com", host: "web.example.com", accessKeyId: "asdi1" },
    { bucket: "asdi1-bkup-db-bkup-2", host: "db-bkup-2", accessKeyId: "asdi1" },
  ]);
});

test("buckets of other access keys are left out where access keys are given, in whatever case", () => {
  const found = legacyBuckets(names, ["ASDI2"]);
  expect(found.map(({ bucket }) => bucket)).toEqual(["asdi2-bkup-gandalf"]);
});
