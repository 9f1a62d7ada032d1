import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { exampleSettings, parseSettings, SettingsError } from "../../src/index.ts";
import { parseDays, parseRate, parseSize } from "../../src/parse/size.ts";

/** The example with all of its keys but those that exclude each other. */
const ALL = exampleSettings()
  .split("\n")
  .filter((line) => !line.startsWith("##") && !/^# (passphrase|passphraseCommand) =/.test(line))
  .map((line) => line.replace(/^# /, ""))
  .join("\n");
const SHORT =
  'bucket = "offsite"\npassphrase = "secret"\nmemory = 268435456\nuploadLimit = "20MB/s"\n';
const LEGACY = "accesskey = 'id'\nsharedkey = 'key'\ngpgsymmetrickey = 'secret'\nbucket = 'b'\n";

test("The configuration: whatever is in the file, settings or an error that names the line", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [SHORT, SHORT, LEGACY, ALL],
    parse: (bytes) => parseSettings(Buffer.from(bytes).toString(), "/etc/config.toml"),
    refusals: [SettingsError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "configuration (TOML)", ...tally } });
});

test("Sizes, rates and days: whatever the text is, a number or none", async ({ task }) => {
  const tally = await fuzz({
    samples: ["64MiB", "1.5 GB", "500_000", "20MB/s", "160Mbit/s", "180d", "180 days"],
    parse: (bytes) => {
      const text = Buffer.from(bytes).toString();
      return parseSize(text) ?? parseRate(text) ?? parseDays(text);
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "sizes, rates, days", ...tally } });
});
