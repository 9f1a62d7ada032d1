import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkCron } from "../../src/doctor/check-cron.ts";
import type { Finding } from "../../src/doctor/finding.ts";

/** What is found of a crontab. @param text with BIN for a folder in which backup-manager is */
async function found(text: string): Promise<Finding[]> {
  const root = await mkdtemp(join(tmpdir(), "cron-"));
  onTestFinished(async () => await rm(root, { recursive: true }));
  await mkdir(join(root, "etc", "cron.d"), { recursive: true });
  await writeFile(join(root, "backup-manager"), "#!/bin/sh\n");
  await chmod(join(root, "backup-manager"), 0o755);
  await writeFile(join(root, "etc", "cron.d", "ours"), text.replaceAll("BIN", root));
  return await checkCron(root);
}

test("A crontab that finds backup-manager is well", async () => {
  const line = "0 1 * * *  backuppc  backup-manager run --quiet\n";
  expect(await found(`PATH=BIN:/usr/bin:/bin\n${line}`)).toMatchObject([{ state: "ok" }]);
});

test("A crontab without a PATH does not find what is elsewhere, and that fails", async () => {
  const line = "0 1 * * *  backuppc  nobodys-backup-manager run; backup-manager run\n";
  const [finding] = await found(`PATH=/nowhere\n${line}`);
  expect(finding).toMatchObject({
    state: "failed",
    message: expect.stringMatching(/ours: backup-manager is not in cron's PATH \/nowhere$/),
  });
});

test("Other crontabs, and comments, are nobody's business", async () => {
  expect(
    await found("# 0 1 * * * backuppc backup-manager run\n0 2 * * * root /bin/true\n"),
  ).toEqual([]);
});
