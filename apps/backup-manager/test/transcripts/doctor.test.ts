import { beforeAll, expect, test } from "vitest";
import { doctorJsonSchema } from "../../src/doctor/doctor-json.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
});

/** What depends on this machine. */
function masked(text: string): string {
  return text
    .replaceAll(site.folder, "FOLDER")
    .replace(/user \d+, group \d+/, "user UID, group GID")
    .replace(/gpg \(GnuPG\) .*/, "gpg (GnuPG) VERSION")
    .replace(/^\w+ +BackupPC .*\n/m, "")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT");
}

test("a line for each thing tried", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager doctor");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(masked(stdout)).toMatchInlineSnapshot();
  for await (const { key } of site.store.list("")) expect(key).toBe("left over");
});

test("--quiet leaves out what is well", async () => {
  const { stdout } = await site.shell("backup-manager doctor --quiet");
  expect(stdout).not.toMatch(/^ok /m);
});

test("wrong credentials are told with the remedy", async () => {
  const { stdout, status } = await site.shell("backup-manager doctor --config stranger.toml");
  expect(status).toBe(1);
  expect(masked(stdout)).toMatchInlineSnapshot();
});

test("a configuration that can't be read is told, and what needs it is skipped", async () => {
  const { stdout, status } = await site.shell("backup-manager doctor --config none.toml --json");
  expect(status).toBe(1);
  const { findings } = doctorJsonSchema.parse(JSON.parse(stdout));
  expect(findings.slice(0, 2)).toMatchObject([
    { check: "configuration", state: "failed", message: expect.stringContaining("none.toml") },
    { check: "store", state: "skipped" },
  ]);
});

test("everyone's right to read secrets fails", async () => {
  await site.shell("cp offsite.toml open.toml; chmod 644 open.toml");
  const { stdout, status } = await site.shell("backup-manager doctor --config open.toml");
  expect(status).toBe(1);
  expect(stdout).toMatch(/^failed +configuration +open.toml .*chmod o-rwx open.toml$/m);
});
