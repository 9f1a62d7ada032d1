import { beforeAll, describe, expect, test } from "vitest";
import { diffJsonSchema } from "../../src/diff/diff-json.ts";
import { findJsonSchema } from "../../src/find/find-json.ts";
import { lsJsonSchema } from "../../src/ls/ls-json.ts";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

/** Offset in the tar. */
const NOTES = 51_200;

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  for (const [number, fstab] of [
    [1, 120],
    [2, 120],
    [3, 131],
  ] as const) {
    const parts = [ETC, `${line("0", 0o644, fstab, "./etc/fstab")}${number === 3 ? NEW : OLD}`];
    const id = { host: "gandalf", number, attempt: attemptOf(4 - number) };
    await site.archive(id, { members: parts });
  }
  await site.archive({ host: "witte", number: 7, attempt: attemptOf(1) }, { members: [ETC] });
});

/** @param link offset of what a hard link leads to */
function line(type: string, mode: number, size: number, path: string, link?: number): string {
  const time = 1_700_000_000;
  const offset = path.endsWith("/notes") ? NOTES : 0;
  const fields = [offset, 1536, type, mode.toString(8), 0, 0, time, size, link ?? "-", path];
  return `${fields.join("\t")}\n`;
}

const ETC =
  line("5", 0o755, 0, "./") +
  line("5", 0o755, 0, "./etc/") +
  line("0", 0o4755, 9, "./etc/a\\0012b");
const OLD = line("2", 0o777, 0, "./etc/old");
const NEW =
  line("0", 0o600, 2_500_000, "./home/ann/notes") +
  line("1", 0o600, 0, "./home/ann/same notes", NOTES) +
  line("1", 0o600, 0, "./home/ann/too many files");

describe("ls", () => {
  test("lists a folder of the newest archive", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager ls gandalf:/etc");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatchInlineSnapshot(`
      "Mode        Owner  Size  Modified              Name
      -rwsr-xr-x    0:0     9  2023-11-14 22:13 UTC  a\\u{a}b
      -rw-r--r--    0:0   131  2023-11-14 22:13 UTC  fstab
      "
    `);
  });

  test("lists the root, and a folder that the tar only has members of", async () => {
    const { stdout } = await site.shell("backup-manager ls gandalf");
    expect(stdout).toMatchInlineSnapshot(`
      "Mode        Owner  Size  Modified              Name
      drwxr-xr-x    0:0     0  2023-11-14 22:13 UTC  etc/
      d?????????      -     -  -                     home/
      "
    `);
  });

  test("shows a hard link as one, and what it leads to where the index knows it", async () => {
    const { stdout } = await site.shell("backup-manager ls gandalf:home/ann");
    expect(stdout).toMatchInlineSnapshot(`
      "Mode        Owner       Size  Modified              Name
      -rw-------    0:0  2,500,000  2023-11-14 22:13 UTC  notes
      hrw-------    0:0          0  2023-11-14 22:13 UTC  same notes link to home/ann/notes
      hrw-------    0:0          0  2023-11-14 22:13 UTC  too many files
      "
    `);
  });

  test("takes the number of a backup, and goes into folders", async () => {
    const { stdout } = await site.shell(
      "backup-manager ls -H gandalf -b 1 --recursive | tail -n 1",
    );
    expect(stdout).toMatch(/^lrwxrwxrwx +0:0 +0 +.* etc\/old$/m);
  });

  test("prints JSON by its schema", async () => {
    const { stdout } = await site.shell("backup-manager ls gandalf:etc/fstab --json");
    const { members, ...archive } = lsJsonSchema.parse(JSON.parse(stdout));
    expect(archive).toMatchObject({ host: "gandalf", number: 3 });
    expect(members).toEqual([
      {
        path: "etc/fstab",
        rawPath: null,
        facts: {
          type: "file",
          mode: "0644",
          uid: 0,
          gid: 0,
          size: 131,
          modified: "2023-11-14T22:13:20.000Z",
        },
      },
    ]);
  });

  test("says what a mistyped path may have meant, with status 4", async () => {
    expect(await site.shell("backup-manager ls gandalf:/etc/fstabb")).toEqual({
      stdout: "",
      stderr: "backup-manager: gandalf 3 has no etc/fstabb; did you mean etc/fstab?\n",
      status: 4,
    });
  });

  test.each([
    ["backup-manager ls", 2, "ls needs HOST or HOST:PATH"],
    ["backup-manager ls nobody", 10, "there is no archive of host nobody"],
    ["backup-manager ls gandalf -b 9", 10, "there is no archive of gandalf's backup 9"],
    ["backup-manager --config unsigned.toml ls gandalf", 1, "is not verified"],
  ])("%s ends with %i", async (command, status, message) => {
    const ended = await site.shell(command);
    expect(ended).toMatchObject({ status, stdout: "" });
    expect(ended.stderr).toContain(message);
  });
});

describe("find", () => {
  test("lists each version of a file, and which backups have it", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager find fstab");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatchInlineSnapshot(`
      "Host     Backups  Mode        Owner  Size  Modified              Name
      gandalf  1-2      -rw-r--r--    0:0   120  2023-11-14 22:13 UTC  etc/fstab
      gandalf  3        -rw-r--r--    0:0   131  2023-11-14 22:13 UTC  etc/fstab
      "
    `);
  });

  test("shows what a hard link leads to, though that does not match", async () => {
    const { stdout } = await site.shell("backup-manager find 'same*'");
    expect(stdout).toMatch(
      /^gandalf +3 +hrw-{7} .* home\/ann\/same notes link to home\/ann\/notes$/m,
    );
  });

  test("searches all hosts, or one", async () => {
    const all = await site.shell("backup-manager find etc --json");
    const { found } = findJsonSchema.parse(JSON.parse(all.stdout));
    expect(found.map(({ host, path }) => [host, path])).toEqual([
      ["gandalf", "etc"],
      ["witte", "etc"],
    ]);
    const one = await site.shell("backup-manager find '/etc' -H witte --json");
    expect(findJsonSchema.parse(JSON.parse(one.stdout)).found).toHaveLength(1);
  });

  test("ends with 4 where nothing matches, and with 2 without a pattern", async () => {
    expect(await site.shell("backup-manager find '*.iso'")).toEqual({
      stdout: "",
      stderr:
        "backup-manager: no archive that was searched in s3://offsite/site-a/ has a file that matches *.iso\n",
      status: 4,
    });
    expect((await site.shell("backup-manager find")).status).toBe(2);
  });

  test("leaves out what is not verified, says so, and fails", async () => {
    const ended = await site.shell("backup-manager --config unsigned.toml find fstab -H witte");
    expect(ended).toMatchObject({ stdout: "", status: 1 });
    expect(ended.stderr).toMatch(/^backup-manager: witte 7 is left out: /);
  });
});

describe("diff", () => {
  test("lists what was added, removed and changed", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager diff gandalf 2 3");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatchInlineSnapshot(`
      "   Mode        Owner       Size  Modified              Name
      M  -rw-r--r--    0:0        131  2023-11-14 22:13 UTC  etc/fstab
      -  lrwxrwxrwx    0:0          0  2023-11-14 22:13 UTC  etc/old
      +  -rw-------    0:0  2,500,000  2023-11-14 22:13 UTC  home/ann/notes
      +  hrw-------    0:0          0  2023-11-14 22:13 UTC  home/ann/same notes link to home/ann/notes
      +  hrw-------    0:0          0  2023-11-14 22:13 UTC  home/ann/too many files
      "
    `);
  });

  test("prints JSON by its schema", async () => {
    const { stdout } = await site.shell("backup-manager diff gandalf 2 3 --json");
    const { changes, from, to } = diffJsonSchema.parse(JSON.parse(stdout));
    expect([from.number, to.number]).toEqual([2, 3]);
    expect(changes.map(({ path }) => path)).toEqual([
      "etc/fstab",
      "etc/old",
      "home/ann/notes",
      "home/ann/same notes",
      "home/ann/too many files",
    ]);
  });

  test("prints nothing of two that are the same", async () => {
    expect(await site.shell("backup-manager diff gandalf 1 2")).toEqual({
      stdout: "",
      stderr: "",
      status: 0,
    });
  });

  test.each([
    ["backup-manager diff gandalf 1", 2],
    ["backup-manager diff gandalf 1 x", 2],
    ["backup-manager diff gandalf 1 9", 10],
  ])("%s ends with %i", async (command, status) => {
    expect((await site.shell(command)).status).toBe(status);
  });
});

describe("after rekey with the old passphrase in the configuration", () => {
  beforeAll(async () => {
    const rekey = "rekey gandalf --new-passphrase-file new";
    await site.shell(`echo another > new; chmod 600 new; backup-manager ${rekey}`);
  });

  const WHY =
    "it cannot be decrypted: the passphrase does not open its data key. Check the passphrase in the configuration. After a change, `backup-manager rekey` gives old archives the new one.\n";

  test("find names each archive that does not open, shows what others have, and fails", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager find etc");
    expect(status).toBe(1);
    expect(stderr).toBe(
      [1, 2, 3].map((number) => `backup-manager: gandalf ${number} is left out: ${WHY}`).join(""),
    );
    expect(stdout).toMatch(/^witte +7 .* etc\/$/m);
  });

  test.each([
    ["ls gandalf", 3],
    ["diff gandalf 1 2", 1],
    ["script -H gandalf -b 2 -f part.sh --members etc", 2],
  ])("%s names the archive that does not open", async (command, number) => {
    expect(await site.shell(`backup-manager ${command}`)).toEqual({
      stdout: "",
      stderr: `backup-manager: gandalf ${number}: ${WHY}`,
      status: 1,
    });
  });
});
