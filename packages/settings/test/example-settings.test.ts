import { expect, test } from "vitest";
import { exampleSettings, parseSettings } from "../src/index.ts";

test("docs/config.example.toml is what the schema says (vitest -u writes it anew)", async () => {
  await expect(exampleSettings()).toMatchFileSnapshot("../../../docs/config.example.toml");
});

test("Every key of the example can be switched on", () => {
  const lines = exampleSettings()
    .split("\n")
    .filter((line) => !line.startsWith("##") && !/^# (passphrase|passphraseCommand) =/.test(line))
    .map((line) => line.replace(/^# /, ""));
  expect(parseSettings(lines.join("\n"), "example")).toMatchObject({ bucket: "backuppc-offsite" });
});

test("The example as it is differs from no configuration only in the bucket", () => {
  const text = `${exampleSettings()}encryption = "none"\n`;
  expect(parseSettings(text, "example")).toEqual(
    parseSettings('bucket = "backuppc-offsite"\nencryption = "none"', "example"),
  );
});
