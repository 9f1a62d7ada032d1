import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { archiveOfTwo } from "../archive-of-two.ts";
import { attemptOf } from "../sealed-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

const NIGHTLY = fileURLToPath(new URL("../../../../docs/nightly.sh", import.meta.url));

let site: ShellSite;
beforeEach(async () => {
  site = await shellSite();
  for (const [number, daysAgo] of [
    [100, 62],
    [161, 1],
  ] as const)
    await archiveOfTwo(site.store, site.catalog, idOf("gandalf", number, daysAgo));
});

test("while all is well it says nothing", async () => {
  expect(await nightly()).toEqual({ stdout: "", stderr: "", status: 0 });
  expect((await site.catalog.list()).map(({ id }) => id.number)).toEqual([161]);
  expect(await readdir(site.folder)).toContain("restore_gandalf.sh");
  // Now there is nothing to delete, which is well, too.
  expect(await nightly()).toEqual({ stdout: "", stderr: "", status: 0 });
});

test("a host without a script and a damaged archive make a mail and a status", async () => {
  await archiveOfTwo(site.store, site.catalog, idOf("witte", 40, 3), { sourceErrors: 2 });
  const damaged = idOf("holes", 7, 2);
  await archiveOfTwo(site.store, site.catalog, damaged);
  await site.store.delete([site.catalog.chunkKey(damaged, 2, "")]);
  expect(await nightly()).toMatchInlineSnapshot(`
    {
      "status": 13,
      "stderr": "backup-manager: witte: No finalized backups found of witte. --backup-number 40 takes the partial one, whose source had errors.
    backup-manager: witte has no complete archive of the last 8 days
    ",
      "stdout": "Hostname  Backup number        Age  Chunks  Downloaded  Result
    holes                 7  0 min ago       2           -  DAMAGED
    holes 7: holes.7.tar.00000002 is missing
    1 archive, 1 damaged
    backup-manager verify ended with status 13
    backup-manager script ended with status 1
    Hostname  Backup number        Age  Chunks  Size  Status
    witte                40  0 min ago       2  11 B  partial !
    1 archive of 1 host, 11 B
    backup-manager list ended with status 1
    Hostname  Backup number        Age  Chunks  Size  Status
    gandalf             161  0 min ago       2  11 B  complete
    holes                 7  0 min ago       2  11 B  complete
    witte                40  0 min ago       2  11 B  partial !
    3 archives of 3 hosts, 33 B
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
