import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { listJsonSchema } from "../../src/list/list-json.ts";
import { scriptJsonSchema } from "../../src/script/script-json.ts";
import { attemptOf } from "../store-archive.ts";
import { tarSlices } from "../tar-slices.ts";
import { openVault } from "../vault.ts";
import { type ShellSite, shellSite, threeArchives } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await threeArchives(site);
});

describe("script", () => {
  test("works in the words of the Python program's crontab", async () => {
    const written = await site.shell(
      "backup-manager --expire=604800 --host=gandalf script > restore_gandalf.sh",
    );
    expect(written).toEqual({ stdout: "", stderr: "", status: 0 });
    const text = await readFile(join(site.folder, "restore_gandalf.sh"), "utf8");
    expect(text).not.toContain(site.secret);
    const run = "sh restore_gandalf.sh --passphrase-file passphrase --output tar && cat tar";
    expect(await site.shell(run)).toMatchObject({
      stdout: expect.stringMatching(/hello world$/),
      status: 0,
    });
  });

  test("writes a file that its owner alone can read", async () => {
    const written = await site.shell("backup-manager script -H gandalf -f mine.sh");
    expect(written).toEqual({ stdout: "", stderr: "", status: 0 });
    expect((await stat(join(site.folder, "mine.sh"))).mode & 0o777).toBe(0o600);
  });

  test("needs the store's keys alone, and not what opens the archives", async () => {
    await site.shell("grep -v passphrase offsite.toml > keys.toml; chmod 600 keys.toml");
    const { stdout, stderr } = await site.shell(
      "backup-manager --config keys.toml script -H gandalf",
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^#!\/bin\/sh\n/);
    const data = await site.shell("backup-manager --config keys.toml doctor");
    expect(data.stdout).toMatch(/no passphrase: add passphraseFile/);
  });

  test("tells when the URLs end before the time asked for", async () => {
    const { stderr, status } = await site.shell(
      "backup-manager -H gandalf -x 31536000 script > year.sh",
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^backup-manager: the URLs work until .*, 6048\d\d seconds and not 31536000: .*\n$/,
    );
  });

  test("tells what it would do, and lists", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager -t -l -H gandalf script");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^Would write a restore script for gandalf 123 of .*\.\nHostname /);
  });

  test("takes no partial archive unasked", async () => {
    expect(await site.shell("backup-manager script -H 'web server'")).toMatchInlineSnapshot(`
      {
        "status": 10,
        "stderr": "backup-manager: there is no complete archive of web server. \`script --backup-number 7\` takes the partial one, whose source had errors.
      ",
        "stdout": "",
      }
    `);
    const { stderr, status } = await site.shell(
      "backup-manager script -H 'web server' -b 7 > web.sh",
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/^backup-manager: web server 7 of .* is partial: .*\n$/);
  });

  test("--all writes one for each host, and tells which has none", async () => {
    await mkdir(join(site.folder, "scripts"));
    const written = await site.shell("backup-manager script --all --directory scripts -x 3600");
    expect({
      ...written,
      stdout: written.stdout.replaceAll(/\d{4}-.*? UTC/g, "TIME"),
    }).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "backup-manager: web server: there is no complete archive of web server. \`script --backup-number 7\` takes the partial one, whose source had errors.
      ",
        "stdout": "Hostname  Backup number  Works until           Script
      gandalf             123  TIME  scripts/restore_gandalf.sh
      1 restore script
      ",
      }
    `);
    expect(await readdir(join(site.folder, "scripts"))).toEqual(["restore_gandalf.sh"]);
    const quiet = await site.shell("backup-manager script --all --directory scripts --quiet");
    expect(quiet.stdout).toBe("");
    expect(quiet.status).toBe(1);
  });

  test("--json tells the files", async () => {
    const { stdout, status } = await site.shell(
      "backup-manager script -H gandalf -f mine.sh --json",
    );
    expect(status).toBe(0);
    expect(scriptJsonSchema.parse(JSON.parse(stdout))).toMatchObject({
      scripts: [{ host: "gandalf", number: 123, status: "complete", file: "mine.sh" }],
      failures: [],
    });
    const all = await site.shell("backup-manager script --all --directory scripts --json -t");
    expect(scriptJsonSchema.parse(JSON.parse(all.stdout))).toMatchObject({
      scripts: [{ file: "scripts/restore_gandalf.sh", expires: null }],
      failures: [
        { host: "web server", message: expect.stringContaining("there is no complete archive") },
      ],
    });
  });

  test("--all of an empty store matches nothing", async () => {
    expect(
      await site.shell("backup-manager script --all --directory . --config empty.toml"),
    ).toEqual({ stdout: "0 restore scripts\n", stderr: "", status: 4 });
  });

  test("refuses an archive that is not verified, with one line and the remedy", async () => {
    const other = { host: "forged", number: 1, attempt: attemptOf(1) };
    await site.archive(other, {}, await openVault());
    const refused = await site.shell("backup-manager script -H forged -f forged.sh");
    expect(refused).toMatchObject({ stdout: "", status: 1 });
    expect(refused.stderr).toMatch(
      /^backup-manager: forged 1 of .* is not verified: no known key has signed it\. .*--accept-unverified.*\n$/,
    );
    const line = "backup-manager script -H forged -f forged.sh --accept-unverified";
    const accepted = await site.shell(line);
    expect(accepted).toMatchObject({ stdout: "", status: 0 });
    expect(accepted.stderr).toMatch(/^backup-manager: forged 1 of .* is NOT VERIFIED: .*\n$/);
  });

  test("is not deceived by a newer archive that is not verified", async () => {
    const newer = { host: "gandalf", number: 999, attempt: attemptOf(0) };
    await site.archive(newer, {}, await openVault());
    const { stdout, stderr } = await site.shell("backup-manager script -H gandalf -t");
    expect(stdout).toMatch(/^Would write a restore script for gandalf 123 of/);
    expect(stderr).toMatch(/^backup-manager: gandalf 999 of .* is passed over: no known key/);
  });

  test("takes the very attempt that is asked for", async () => {
    const listed = await site.shell("backup-manager list -H gandalf -b 123 --json");
    const { attempt } = listJsonSchema.parse(JSON.parse(listed.stdout)).archives[0] ?? {};
    const line = `backup-manager script -H gandalf -b 123 --attempt ${attempt} -t`;
    expect((await site.shell(line)).stdout).toMatch(
      /^Would write a restore script for gandalf 123/,
    );
    const other = await site.shell("backup-manager script -H gandalf -b 123 --attempt x");
    expect(other.stderr).toContain("gandalf's backup 123 has no attempt x");
    expect(other.status).toBe(10);
  });
});

describe("script --members", () => {
  const line = (offset: number, length: number, name: string): string =>
    [offset, length, "0", "0644", 0, 0, 1_700_000_000, 0, "-", `${name}\n`].join("\t");

  test("writes a script that has the URLs of the chunks of some files, and restores those", async () => {
    const id = { host: "frodo", number: 1, attempt: attemptOf(3) };
    const members = [line(0, 1024, "a") + line(1024, 20_992, "b")];
    await site.archive(id, { slices: tarSlices(), members });
    const written = await site.shell("backup-manager script -H frodo -f a.sh --members /a");
    expect(written).toEqual({ stdout: "", stderr: "", status: 0 });
    const text = await readFile(join(site.folder, "a.sh"), "utf8");
    expect(text).toMatch(/^\+ 2 20480$/m);
    const restored = await site.shell(
      "sh a.sh --passphrase-file passphrase of-frodo && ls of-frodo && cat of-frodo/a",
    );
    expect(restored).toMatchObject({ stdout: "a\nhello\n", status: 0 });
    expect(restored.stderr).toMatch(/^Restored 1 file of backup 1 of frodo /m);
  });

  test("reports a name that the archive does not have", async () => {
    const wrong = await site.shell("backup-manager script -H frodo -f c.sh --members /a /c");
    expect(wrong).toEqual({
      stdout: "",
      stderr: "backup-manager: the archive has no c. Did you mean a, b?\n",
      status: 4,
    });
  });
});
