import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test("A command that need not be waited for is started", async () => {
  const folder = await mkdtemp(join(tmpdir(), "on-failure-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  const asked = { variables: { FILE: join(folder, "seen") }, input: "why", patience: 0 };
  expect(await runOnFailure('cat >"$FILE"', asked)).toBeUndefined();
  await vi.waitFor(async () => expect(await readFile(join(folder, "seen"), "utf8")).toBe("why"), {
    timeout: 120_000,
    interval: 20,
  });
});

test("What keeps the shell from being started is reported", async () => {
  const asked = { variables: { ALARM_HOST: "x".repeat(200_000) }, input: "" };
  expect(await runOnFailure("true", asked)).toMatch(/^onFailure could not be run: spawn E2BIG/);
});
