import { expect, onTestFinished, test, vi } from "vitest";
import { runOnFailure } from "../src/run-on-failure.ts";

test("A command that does not end is killed, with what it started", async () => {
  const asked = { variables: {}, input: "", patience: 200 };
  expect(await runOnFailure("sleep 600 & sleep 600", asked)).toBe(
    "onFailure took more than 0.2 s and was killed",
  );
});

test("It gets none of the credentials that this process has", async () => {
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "s3cr3t");
  onTestFinished(() => void vi.unstubAllEnvs());
  const asked = { variables: {}, input: "" };
  expect(await runOnFailure('test -z "$AWS_SECRET_ACCESS_KEY"', asked)).toBeUndefined();
});
