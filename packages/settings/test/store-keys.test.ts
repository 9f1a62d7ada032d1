import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keySource, parseSettings } from "../src/index.ts";

const OWN = 'accessKeyId = "own"\nsecretAccessKey = "o"';
const folder = await mkdtemp(join(tmpdir(), "keys-"));
const AWS_CONFIG_FILE = join(folder, "config");
await writeFile(AWS_CONFIG_FILE, "[profile p]\n");
afterAll(async () => await rm(folder, { recursive: true }));

const KEYS = { AWS_ACCESS_KEY_ID: "env", AWS_SECRET_ACCESS_KEY: "s" };

test.each([
  [OWN, { ...KEYS, AWS_PROFILE: "p" }, "the configuration"],
  ["", KEYS, "the environment (AWS_ACCESS_KEY_ID)"],
  [
    "",
    { ...KEYS, AWS_PROFILE: "p" },
    "the environment (AWS_ACCESS_KEY_ID), which goes before AWS_PROFILE=p",
  ],
  ["", { AWS_CONFIG_FILE, AWS_PROFILE: "p" }, "the profile p (AWS_PROFILE)"],
  ["", {}, "the SDK's default chain: the default profile, or the machine's role"],
])("With %j and %j in the environment, the keys are from %s", (lines, environment, source) => {
  const settings = parseSettings(`bucket = "b"\nencryption = "none"\n${lines}`, "c.toml");
  expect(keySource(settings, environment)).toBe(source);
});
