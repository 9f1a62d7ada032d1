import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

const NIGHTLY = fileURLToPath(new URL("../../../../docs/nightly.sh", import.meta.url));

let site: ShellSite;
beforeEach(async () => {
  site = await shellSite();
  for (const [number, daysAgo] of [
    [100, 62],
    [161, 1],
  ] as const)
    await site.archive(idOf("gandalf", number, daysAgo));
});

test("as long as all is well it prints nothing", async () => {
  expect(await nightly()).toEqual({ stdout: "", stderr: "", status: 0 });
  const listed = (await site.catalog.list()).filter(({ deleted }) => !deleted);
  expect(listed.map(({ id }) => id.number)).toEqual([161]);
  expect(await readdir(site.folder)).toContain("restore_gandalf.sh");
  // Now there is nothing to delete, which is well, too.
  expect(await nightly()).toEqual({ stdout: "", stderr: "", status: 0 });
});

test("a host without a script and a damaged archive make a mail and a status", async () => {
  await site.archive(idOf("witte", 40, 3), { sourceErrors: 2 });
  const { manifest } = await site.archive(idOf("holes", 7, 2));
  await site.store.delete([site.catalog.chunkKey("holes", manifest.chunks[1]?.name ?? "")]);
  const { stdout, ...ended } = await nightly();
  const masked = stdout.replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, "ATTEMPT");
  expect({ ...ended, stdout: masked }).toMatchInlineSnapshot(`
    {
      "status": 13,
      "stderr": "backup-manager: holes: 1 chunk lost or damaged. Run verify on the BackupPC server to have lost chunks uploaded again: \`stateDirectory\` is not on this machine.
    backup-manager: witte: there is no complete archive of witte. --backup-number 40 takes the partial one, whose source had errors.
    backup-manager: witte has had no complete archive for 8 days
    ",
      "stdout": "Hostname  Backup number        Age  Chunks  Downloaded  Result
    holes                 7  0 min ago       2           -  DAMAGED
    holes 7: ATTEMPT.00000002.gpg is missing
    1 archive, 1 damaged
    backup-manager verify ended with status 13
    backup-manager script ended with status 1
    Hostname  Backup number        Age  Chunks   Size       New  Status
    witte                40  0 min ago       2  207 B  2, 207 B  partial !
    1 archive of 1 host, 207 B uploaded
    backup-manager list ended with status 1
    Hostname  Backup number        Age  Chunks   Size       New  Status
    gandalf             161  0 min ago       2  207 B  2, 207 B  complete
    holes                 7  0 min ago       2  207 B  2, 207 B  complete
    witte                40  0 min ago       2  207 B  2, 207 B  partial !
    3 archives of 3 hosts, 621 B uploaded
    ",
    }
  `);
  expect(await readdir(site.folder)).toContain("restore_gandalf.sh");
});

test("a store that is not there is told, and is a failure", async () => {
  const { stdout, stderr, status } = await nightly("nowhere.toml");
  expect(status).toBe(1);
  expect(stderr).toContain("404 NoSuchBucket");
  expect(stdout).toContain("backup-manager delete ended with status 1");
});

test("an emptied bucket is reported, and is a failure", async () => {
  for await (const { key } of site.store.list("")) await site.store.delete([key]);
  expect(await nightly()).toMatchInlineSnapshot(`
    {
      "status": 1,
      "stderr": "backup-manager: there is no archive at all in s3://offsite/site-a/: check \`bucket\`, \`prefix\` and \`endpoint\` in the configuration, and whether someone has emptied the bucket
    ",
      "stdout": "backup-manager list ended with status 1
    There are no archives in s3://offsite/site-a/.
    ",
    }
  `);
});

async function nightly(config = "offsite.toml"): ReturnType<ShellSite["shell"]> {
  const BACKUPPC_ARCHIVE_S3_CONFIG = join(site.folder, config);
  return await site.shell(`SCRIPTS=. sh '${NIGHTLY}'`, { BACKUPPC_ARCHIVE_S3_CONFIG });
}

function idOf(
  host: string,
  number: number,
  daysAgo: number,
): { host: string; number: number; attempt: string } {
  return { host, number, attempt: attemptOf(daysAgo) };
}
