import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { attemptOf } from "../store-archive.ts";
import { openVault } from "../vault.ts";
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
  await site.archive(idOf("pippin", 0, 0), { without: "head" });
  const { manifest } = await site.archive(idOf("holes", 7, 2));
  await site.store.delete([site.catalog.chunkKey("holes", manifest.chunks[1]?.name ?? "")]);
  const { stdout, ...ended } = await nightly();
  const masked = stdout
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, "ATTEMPT")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d \S+/g, "TIME")
    .replaceAll(/ {2,}/g, "  ");
  expect({ ...ended, stdout: masked }).toMatchInlineSnapshot(`
    {
      "status": 13,
      "stderr": "",
      "stdout": "What to do (docs/when-mail-comes.md explains each):
    - Archive the host again: its lost chunks are uploaded anew. (holes)
    - Find out what BackupPC could not read, by the log of the archive on BackupPC's page, and archive the host again. (witte)
    - Find out why the host is not archived, and archive it. (pippin)
    - Find out why there is no new restore script: where there is one of an earlier night, its URLs expire. (pippin, witte)

    Hostname  Attempt  Since  Why  Next command
    holes  ATTEMPT  TIME  backup 7: ATTEMPT.00000002.gpg is missing  backup-manager start --force holes
    witte  ATTEMPT  -  the archive of backup 40 is partial: BackupPC had errors reading it  backup-manager start --force witte
    pippin  ATTEMPT  -  there is no complete archive of it  backup-manager run -H pippin
    pippin  -  -  there is no complete archive of pippin. If none is in progress, archive it again. \`script --incomplete\` considers archives that were not finished.  backup-manager list -H pippin
    witte  -  -  there is no complete archive of witte. \`script --backup-number 40\` takes the partial one, whose source had errors.  backup-manager list -H witte
    ",
    }
  `);
  expect(await readdir(site.folder)).toContain("restore_gandalf.sh");
  // The next command of who has no script.
  for (const host of ["pippin", "witte"])
    expect((await site.shell(`backup-manager list -H ${host}`)).status).toBe(0);
});

test("a store that is not there is one line, with what still works and until when", async () => {
  expect((await nightly()).status).toBe(0);
  const { stdout, stderr, status } = await nightly("nowhere.toml");
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
  expect(stderr).toMatch(
    /^backup-manager: the store cannot be used: [^\n]*404 NoSuchBucket[^\n]* The restore scripts in \. work until \d{4}-\d\d-\d\d \d\d:\d\d \S+, once the store answers\.\n$/,
  );
  await site.shell(
    "echo '# URLs work until 2025-01-08 06:30:00 UTC' > restore_frodo.sh; cp restore_frodo.sh restore_sam.sh",
  );
  expect((await nightly("nowhere.toml")).stderr).toMatch(
    /once the store answers\. 2 other scripts have expired\.\n$/,
  );
  await site.shell("rm restore_gandalf.sh restore_sam.sh");
  expect((await nightly("nowhere.toml")).stderr).toMatch(
    / The restore scripts in \. have expired\.\n$/,
  );
});

test("an emptied bucket is reported, and is a failure", async () => {
  for await (const { key } of site.store.list("")) await site.store.delete([key]);
  expect(await nightly()).toMatchInlineSnapshot(`
    {
      "status": 1,
      "stderr": "",
      "stdout": "What to do (docs/when-mail-comes.md explains each):
    - Find out why there is no archive at all.

    Hostname  Attempt  Since  Why                         Next command
    -         -        -      there is no archive at all  backup-manager doctor
    ",
    }
  `);
});

test("where the newest archive is damaged the undamaged ones stay, and the script is of one", async () => {
  const { manifest } = await site.archive(idOf("gandalf", 162, 0));
  await site.store.delete([site.catalog.chunkKey("gandalf", manifest.chunks[0]?.name ?? "")]);
  // Of three good and old ones, the two newest have to stay.
  const { stdout, status } = await nightly("offsite.toml", "AGE=0.5 KEEP=1");
  expect(status).toBe(13);
  expect(stdout).toMatch(/^What to do .*\n- Archive the host again: .* \(gandalf\)\n/);
  expect(stdout).toMatch(
    /\ngandalf .* backup 162: .* is missing +backup-manager start --force gandalf\n/,
  );
  const listed = (await site.catalog.list()).filter(({ deleted }) => !deleted);
  expect(listed.map(({ id }) => id.number)).toEqual([161, 162]);
  const script = await readFile(join(site.folder, "restore_gandalf.sh"), "utf8");
  expect(script).toMatch(/backup 161/i);
});

test("an archive that another key has signed is not to be archived again, but its key to be named", async () => {
  await site.archive(idOf("sam", 1, 0), {}, await openVault());
  const { stdout, status } = await nightly();
  expect(status).toBe(1);
  expect(stdout).toMatch(/^What to do .*\n- Name the public key of .* in `signers`\. \(sam\)\n/);
  expect(stdout).toMatch(
    /\nsam .* no known key has signed it\..* in `signers`; .* again +backup-manager verify -H sam\n/,
  );
  expect(stdout).not.toContain("lost chunks");
});

test("metrics that cannot be written are one line, and change nothing else", async () => {
  await site.shell(
    "sed '1i metricsFile = \"/proc/none/m.prom\"' offsite.toml > m.toml; chmod 600 m.toml",
  );
  expect(await nightly("m.toml")).toEqual({
    stdout: "",
    stderr: expect.stringMatching(/^[^\n]* warning: metricsFile can't be written: ENOENT[^\n]*\n$/),
    status: 0,
  });
});

test("an older archive that is damaged is reported until the command that the mail names has deleted it", async () => {
  const [old] = (await site.catalog.list()).filter(({ id }) => id.number === 100);
  for await (const { key } of site.store.list(
    site.catalog.chunkKey("gandalf", old?.id.attempt ?? "none"),
  ))
    await site.store.delete([key]);
  const { stdout, status } = await nightly("offsite.toml", "AGE=90");
  expect(status).toBe(13);
  const [command = ""] = /backup-manager delete -H gandalf -b 100 --attempt \S+/.exec(stdout) ?? [];
  expect(stdout).toMatch(/^What to do .*\n- Delete the damaged archive: .* \(gandalf\)\n/);
  expect((await site.shell(command)).status).toBe(0);
  expect(await nightly("offsite.toml", "AGE=90")).toEqual({ stdout: "", stderr: "", status: 0 });
});

async function nightly(config = "offsite.toml", variables = ""): ReturnType<ShellSite["shell"]> {
  const BACKUPPC_ARCHIVE_S3_CONFIG = join(site.folder, config);
  return await site.shell(`SCRIPTS=. ${variables} sh '${NIGHTLY}'`, { BACKUPPC_ARCHIVE_S3_CONFIG });
}

function idOf(
  host: string,
  number: number,
  daysAgo: number,
): { host: string; number: number; attempt: string } {
  return { host, number, attempt: attemptOf(daysAgo) };
}
