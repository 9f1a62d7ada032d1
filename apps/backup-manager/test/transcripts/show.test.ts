import { beforeAll, expect, test } from "vitest";
import { showJsonSchema } from "../../src/show/show-json.ts";
import { attemptOf } from "../store-archive.ts";
import { openVault } from "../vault.ts";
import { type ShellSite, shellSite, threeArchives } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await threeArchives(site);
  const first = await site.archive({ host: "witte", number: 1, attempt: attemptOf(2) });
  await site.archive(
    { host: "witte", number: 2, attempt: attemptOf(1) },
    {
      slices: [...first.slices.slice(0, 1), Buffer.from("changed")],
      facts: { backup: { type: "incr", started: "2026-11-21T22:00:00.000Z" } },
    },
  );
});

function masked(text: string): string {
  return text
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, "ATTEMPT")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "TIME")
    .replaceAll(/\b[0-9A-F]{40}\b/g, "KEY");
}

test("an archive is shown in full, with what it reused and until when that holds", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager show -H witte -b 2");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(masked(stdout)).toMatchInlineSnapshot(`
    "Host           witte
    Backup number  2
    Backup         incr, of TIME
    Attempt        ATTEMPT
    Status         complete
    Signature      verified, by key KEY
    Started        TIME
    Finished       TIME
    Tar            13 B, 1 member
    Stored         209 B in 2 chunks, 1608 % of the tar
    Uploaded       105 B in 1 chunk
    Reused         104 B in 1 chunk of ATTEMPT (1)
    Chunks held    until TIME
    Compression    none
    Encryption     passphrase
    Source errors  0
    Written by     archive-host 0.1.0
    "
  `);
});

test("a partial one is called that", async () => {
  const { stdout } = await site.shell("backup-manager show -H 'web server' -b 7");
  expect(stdout).toMatch(/^Status +partial: BackupPC could not read all of that backup/m);
  expect(stdout).toMatch(/^Reused +nothing$/m);
});

test("of an incomplete archive little is known", async () => {
  const { stdout } = await site.shell("backup-manager -b 124 -H gandalf show");
  expect(masked(stdout)).toMatchInlineSnapshot(`
    "Host           gandalf
    Backup number  124
    Attempt        ATTEMPT
    Status         incomplete: it is in progress, or its run failed
    Signature      NOT VERIFIED: it is incomplete, so nobody has signed it
    Started        TIME
    "
  `);
});

test("an archive that no known key has signed is shown as not verified", async () => {
  await site.archive({ host: "forged", number: 1, attempt: attemptOf(1) }, {}, await openVault());
  const { stdout } = await site.shell("backup-manager show -H forged -b 1");
  expect(stdout).toMatch(/^Signature +NOT VERIFIED: no known key has signed it$/m);
  const without = await site.shell("backup-manager show -H witte -b 1 --config unsigned.toml");
  expect(without.stdout).toMatch(/^Signature +NOT VERIFIED: no signing key is known$/m);
});

test("an archive that contradicts the configuration is shown, and why", async () => {
  const vault = await site.vault();
  const plain = { ...vault, encryption: null, key: undefined, encrypt: async (b: Uint8Array) => b };
  await site.archive({ host: "plain", number: 1, attempt: attemptOf(1) }, {}, plain);
  const { stdout, status } = await site.shell("backup-manager show -H plain -b 1");
  expect(status).toBe(0);
  expect(masked(stdout)).toMatch(/^Signature +NOT VERIFIED: .*$/m);
  expect(stdout).toMatch(/^Encryption +none: anyone who can read the store can read the backup$/m);
});

test("on the BackupPC server its own key verifies", async () => {
  const { stdout } = await site.shell("backup-manager show -H witte -b 2 --config server.toml");
  expect(stdout).toMatch(/^Signature +verified, by key [0-9A-F]{40}$/m);
});

test("programs get JSON", async () => {
  const { stdout } = await site.shell("backup-manager show -H witte -b 2 --json");
  expect(showJsonSchema.parse(JSON.parse(stdout))).toMatchObject({
    format: 1,
    archive: {
      host: "witte",
      number: 2,
      status: "complete",
      verified: true,
      unverified: null,
      chunks: 2,
      newChunks: 1,
      backup: { type: "incr", started: "2026-11-21T22:00:00.000Z" },
      tarBytes: 13,
      compression: "none",
      encryption: { passphrase: true, recipients: [] },
      sourceErrors: 0,
      members: 1,
      reused: [{ attempt: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/), chunks: 1 }],
      holdUntil: expect.stringMatching(/Z$/),
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
