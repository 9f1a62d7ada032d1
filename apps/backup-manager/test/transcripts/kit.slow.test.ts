import { appendFile, copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { kitJsonSchema } from "../../src/kit/kit-json.ts";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await site.archive({ host: "gandalf", number: 93, attempt: attemptOf(3) });
  await site.archive({ host: "gandalf", number: 123, attempt: attemptOf(2) });
  await site.archive({ host: "gandalf", number: 130, attempt: attemptOf(1) }, { sourceErrors: 2 });
  await site.archive({ host: "witte & co", number: 7, attempt: attemptOf(1) });
});

/** A configuration with further lines. */
async function configured(name: string, ...lines: readonly string[]): Promise<string> {
  const file = join(site.folder, name);
  await copyFile(join(site.folder, "server.toml"), file);
  const text = (await readFile(file, "utf8")).replace(/^passphraseFile.*\n/m, "");
  await writeFile(file, text, { mode: 0o600 });
  await appendFile(file, `${lines.join("\n")}\n`);
  return file;
}

describe("kit", () => {
  test("prints the store, the newest good archive of each host, keys, places and steps", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager --config server.toml kit");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const { uploader } = await site.vault();
    const steady = stdout
      .replaceAll(site.folder, "/folder")
      .replaceAll(uploader, "FINGERPRINT")
      .replaceAll(/20\d\d-\d\d-\d\d \d\d:\d\d UTC/g, "2026-11-22 03:15 UTC")
      .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:9000");
    await expect(steady).toMatchFileSnapshot("../kit/kit.txt");
    expect(steady.split("\n").length).toBeLessThan(60);
    for (const line of steady.split("\n")) expect(line.length).toBeLessThan(125);
  });

  test("prints a page for a browser, in which names are no markup", async () => {
    const { stdout } = await site.shell("backup-manager --config server.toml kit --html -");
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain("witte &amp; co");
  });

  test("prints JSON by its schema", async () => {
    const { stdout } = await site.shell("backup-manager --config server.toml kit --json");
    const { hosts, store, keys, places } = kitJsonSchema.parse(JSON.parse(stdout));
    expect(hosts.map(({ host, good }) => [host, good?.number])).toEqual([
      ["gandalf", 123],
      ["witte & co", 7],
    ]);
    expect(store).toMatchObject({ bucket: "offsite", prefix: "site-a/", region: "eu-central-1" });
    expect(keys).toEqual({ signers: [(await site.vault()).uploader], recipients: [] });
    expect(places.passphrase).toBe(join(site.folder, "passphrase"));
  });

  test.each([
    ["a file", 'passphraseFile = "passphrase"'],
    ["itself", 'passphrase = "hunter2"'],
    ["a command", 'passphraseCommand = "printf %s hunter2"'],
  ])("has no secret, where the passphrase is %s", async (_, line) => {
    const config = await configured("secrets.toml", line, 'sessionToken = "a session token"');
    const vault = await site.vault();
    const secrets = [site.secret, "hunter2", "a session token", vault.secretKey.slice(100, 160)];
    for (const option of ["", "--html -", "--json"]) {
      const { stdout, stderr } = await site.shell(
        `backup-manager --config ${config} kit ${option}`,
      );
      expect(stdout).toContain("offsite");
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    }
  });

  test("names the authority of the configuration, and its option in the steps", async () => {
    const ca = join(site.folder, "ca.pem");
    await site.shell(
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a -keyout ca.key -out ca.pem",
    );
    const config = await configured("ca.toml", 'passphraseFile = "passphrase"', `caFile = "${ca}"`);
    const { stdout } = await site.shell(`backup-manager --config ${config} kit`);
    expect(stdout).toContain(`${ca}; copy: ___`);
    expect(stdout).toContain("sh restore_gandalf.sh --ca-file ca.pem --download /mnt/chunks");
  });

  test("fails, and says so on the sheet, where a host has no good archive", async () => {
    await site.archive({ host: "zeus", number: 1, attempt: attemptOf(1) }, { without: "marker" });
    const { stdout, stderr, status } = await site.shell("backup-manager --config server.toml kit");
    expect(status).toBe(1);
    expect(stderr).toBe("backup-manager: zeus has no good archive. Run `backup-manager verify`.\n");
    expect(stdout).toMatch(/^ {2}zeus +none +- +- +never$/m);
  });
});
