import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demandProfile } from "../src/demand-profile.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "profiles-"));
  await mkdir(join(home, ".aws"));
  const config = `[default]\nregion = x\n# [profile gone]\n[profile one]\n  [profile "two words"]\r\n[sso-session s]\n`;
  await writeFile(join(home, ".aws", "config"), config);
  await writeFile(join(home, ".aws", "credentials"), "[three]\naws_access_key_id = a\n");
  await writeFile(join(home, "elsewhere"), "[four]\n");
});
afterAll(async () => await rm(home, { recursive: true }));

test.each(["default", "one", "two words", "three"])("The profile %j is there", (profile) => {
  expect(() => demandProfile(profile, { HOME: home })).not.toThrow();
});

test.each(["nobody's", "gone", "One", "four", "x"])("The profile %j is refused", (profile) => {
  expect(() => demandProfile(profile, { HOME: home })).toThrow(
    `AWS_PROFILE names the profile ${JSON.stringify(profile)}, which is neither in ${home}/.aws/config nor in ${home}/.aws/credentials.`,
  );
});

test("The files may be elsewhere", () => {
  const AWS_SHARED_CREDENTIALS_FILE = join(home, "elsewhere");
  const environment = { HOME: home, AWS_SHARED_CREDENTIALS_FILE };
  expect(() => demandProfile("four", environment)).not.toThrow();
  expect(() => demandProfile("three", environment)).toThrow("neither in");
  expect(() => demandProfile("four", { HOME: "/nowhere" })).toThrow("neither in /nowhere/.aws");
});
