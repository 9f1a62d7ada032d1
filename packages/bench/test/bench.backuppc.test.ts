import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecords } from "../src/report/record.ts";
import { benchWithDocs } from "./run-bench.ts";

const run = benchWithDocs();

test("a backup of the real BackupPC is an input", async () => {
  const sizes = ["--size", "8MiB", "--chunk", "4MiB", "--rounds", "1"];
  expect(await run.bench("null-sink", "--input", "backuppc", ...sizes)).toBe(0);
  const { "null-sink-backuppc": record } = await readRecords(join(run.docs, "performance"));
  expect(record?.figures["time against split + gpg + curl -T -"]).toBeGreaterThan(0);
});
