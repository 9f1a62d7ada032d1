import { expect, inject, test } from "vitest";
import { createBucket, driveBackupPc } from "../src/index.ts";
import { runReadmeExample } from "../src/run-readme-example.ts";

test("The example of the README works as it stands.", async () => {
  const names = { createBucket, driveBackupPc, expect, inject };
  await runReadmeExample(new URL("../README.md", import.meta.url), names);
  expect.assertions(1);
});
