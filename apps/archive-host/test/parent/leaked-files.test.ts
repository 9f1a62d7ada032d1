// What BackupPC 4.4 leaves open in its child, and what it must not leave open in ours.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, type Site, start } from "../site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

test("BackupPC's log that is open as descriptor 5 is closed, and no program of ours sees it or another file", async () => {
  const seen = join(site.folder, "seen");
  const tar = join(site.folder, "real-tar-create");
  await writeFile(tar, await readFile(site.tarCreate), { mode: 0o755 });
  const look = `ls -l /proc/$$/fd /proc/$PPID/fd > ${seen}; exec ${tar} "$@"`;
  await writeFile(site.tarCreate, `#!/bin/sh\n${look}\n`);
  await chmod(site.tarCreate, 0o755);
  const leak = `exec "$@" 5>${site.folder}/ArchiveLOG.3.z 7>${site.folder}/lock`;
  const running = start(["sh", "-c", leak, "sh", ...site.command()], site.environment());
  expect(await running.ended).toBe(0);
  const listings = (await readFile(seen, "utf8")).split(/(?=^\/proc\/)/m);
  expect(listings).toHaveLength(2);
  for (const files of listings) expect(files).not.toContain("ArchiveLOG");
  const holders = listings.filter((files) => files.includes(`${site.folder}/lock`));
  // The lock stays with the process that was started with it, and goes no further.
  expect(holders).toHaveLength(1);
});
