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
    expect(places.signers).toEqual([join(site.folder, "state", "signing-key.public.asc")]);
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

  test("writes a script elsewhere, with its configuration and copies of it and the signing key", async () => {
    const { stdout } = await site.shell("backup-manager --config server.toml kit");
    const written = /^ +(?<command>backup-manager script .*)$/m.exec(stdout)?.groups?.["command"];
    const line = /with the line (?<line>signers = .*):$/m.exec(stdout)?.groups?.["line"];
    await site.shell("mkdir -p elsewhere; cp state/signing-key.public.asc elsewhere/key.asc");
    const config = await configured("server-copy.toml");
    const own = (await readFile(config, "utf8")).replaceAll(
      /^(?:signers|stateDirectory).*\n/gm,
      "",
    );
    const signers = line?.replace(/"[^"]+"/, '"elsewhere/key.asc"') ?? "";
    await writeFile(config, `${own}stateDirectory = "${site.folder}/elsewhere"\n${signers}\n`, {
      mode: 0o600,
    });
    const command = written?.replace("HOST", "gandalf") ?? "";
    expect(command).toBe("backup-manager script -H gandalf --expire 7d -f restore_gandalf.sh");
    const ended = await site.shell(command, { BACKUPPC_ARCHIVE_S3_CONFIG: config });
    expect(ended).toMatchObject({ stderr: "", status: 0 });
    expect(await readFile(join(site.folder, "restore_gandalf.sh"), "utf8")).toMatch(/^#!\/bin\/sh/);
  });

  test("fails, and says what to do, where no signing key is known", async () => {
    const { stdout, stderr, status } = await site.shell(
      "backup-manager --config unsigned.toml kit",
    );
    expect(status).toBe(1);
    expect(stderr).toBe(
      "backup-manager: no signing key is known, so no archive is good. Name the public signing key of archive-host in `signers` of the configuration.\n",
    );
    expect(stdout).toMatch(/^ {2}Public signing key +NONE IS KNOWN: /m);
    expect(stdout).toContain(
      'signers = ["YOUR COPY OF THE PUBLIC SIGNING KEY"]:\n     backup-manager script -H HOST --expire 7d -f restore_gandalf.sh\n',
    );
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThan(125);
  });

  test("fails as list --overdue does where there is no archive at all, and says so on the sheet", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager --config empty.toml kit");
    const listed = await site.shell("backup-manager --config empty.toml list --overdue 8");
    expect({ stderr, status }).toEqual({ stderr: listed.stderr, status: 1 });
    expect(stderr).toMatch(
      /^backup-manager: there is no archive at all in s3:\/\/empty\/site-a\/: /,
    );
    expect(stdout).toContain("ARCHIVES\n  There is no archive.\n");
  });

  test("fails, and says so on the sheet, where a host has no good archive", async () => {
    await site.archive({ host: "zeus", number: 1, attempt: attemptOf(1) }, { without: "marker" });
    const { stdout, stderr, status } = await site.shell("backup-manager --config server.toml kit");
    expect(status).toBe(1);
    expect(stderr).toBe("backup-manager: zeus has no good archive. Run `backup-manager verify`.\n");
    expect(stdout).toMatch(/^ {2}zeus +none +- +- +never$/m);
  });
});
