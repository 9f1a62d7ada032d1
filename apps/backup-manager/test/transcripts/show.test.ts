import { beforeAll, expect, test } from "vitest";
import { showJsonSchema } from "../../src/show/show-json.ts";
import { type ShellSite, shellSite, threeArchives } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await threeArchives(site);
});

test("an archive is told in full", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager show -H 'web server' -b 7");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout.replace(/\d{8}T\d{6}Z-.*/, "ATTEMPT")).toMatchInlineSnapshot(`
    "Host           web server
    Backup number  7
    Attempt        ATTEMPT
    Status         partial: BackupPC could not read all of that backup when it was archived
    Started        2026-11-22 03:15 UTC
    Finished       2026-11-22 03:15 UTC
    Tar            11 B
    Stored         11 B in 2 chunks, 100 % of the tar
    Compression    none
    Encryption     none: anyone who reads the store reads the backup
    Source errors  3
    Written by     archive-host 0.1.0
    "
  `);
});

test("of an unfinalized archive little is known", async () => {
  const { stdout } = await site.shell("backup-manager -b 124 -H gandalf show");
  expect(stdout.replace(/\d{8}T\d{6}Z-.*/, "ATTEMPT").replace(/\d{4}-.* UTC/, "TIME"))
    .toMatchInlineSnapshot(`
      "Host           gandalf
      Backup number  124
      Attempt        ATTEMPT
      Status         unfinalized: it is being written, or its run failed
      Started        TIME
      "
    `);
});

test("programs get JSON", async () => {
  const { stdout } = await site.shell("backup-manager show -H 'web server' -b 7 --json");
  expect(showJsonSchema.parse(JSON.parse(stdout))).toEqual({
    format: 1,
    archive: {
      host: "web server",
      number: 7,
      attempt: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
      status: "partial",
      started: "2026-11-22T03:15:00.000Z",
      finished: "2026-11-22T03:15:00.000Z",
      chunks: 2,
      storedBytes: 11,
      backup: null,
      tarBytes: 11,
      compression: "none",
      encryption: null,
      sourceErrors: 3,
      tool: "archive-host 0.1.0",
    },
    otherAttempts: [],
  });
});

test("an archive that is not there is said not to be", async () => {
  const { stderr, status } = await site.shell("backup-manager show -H gandalf -b 9");
  expect(stderr).toContain("there is no archive of gandalf's backup 9.");
  expect(status).toBe(10);
});
