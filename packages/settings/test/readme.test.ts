import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { parseSettings, resolvePassphrase } from "../src/index.ts";

test("The README's example shows no secret", async () => {
  const lines: string[] = [];
  const readme = new URL("../README.md", import.meta.url);
  await runReadmeExample(readme, { parseSettings, resolvePassphrase, lines });
  expect(lines).toEqual([
    "offsite, 268435456 bytes of memory",
    "the passphrase is [secret]",
    "it has 6 characters",
  ]);
});
