import { beforeAll, expect, test } from "vitest";
import { doctorJsonSchema } from "../../src/doctor/doctor-json.ts";
import { attemptOf } from "../store-archive.ts";
import { openVault } from "../vault.ts";
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
    .replaceAll(/^\w+ +(BackupPC|ArchiveClientCmd|ArchiveDest|ClientTimeout|node|cron) .*\n/gm, "")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT");
}

test("a line for each thing tried", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager doctor");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(masked(stdout)).toMatchInlineSnapshot(`
    "ok       configuration    FOLDER/offsite.toml has mode 600, user UID, group GID
    ok       passphrase       can be read; not tried: there is no archive that this key may read
    ok       signers          1 file of signing keys; FOLDER/none is not on this machine
    ok       list             archives can be listed
    ok       put              an object can be stored
    ok       conditional put  an existing object is not overwritten
    ok       digest           a body that was changed in transit is refused
    ok       checksums        x-amz-checksum-sha256 is ignored; the signed digest is what counts
    ok       get              an object can be read
    ok       delete           an object can be deleted
    unknown  region           the store does not report it; eu-central-1 is used
    ok       clock            agrees with the store's
    ok       versioning       off: deleting frees space
    ok       object lock      off
    ok       lifecycle        no rule; none is needed, since no upload is in parts
    ok       gpg              gpg (GnuPG) VERSION
    "
  `);
  for await (const { key } of site.store.list("")) expect(key).toBe("left over");
});

test("--quiet leaves out what is well", async () => {
  const { stdout } = await site.shell("backup-manager doctor --quiet");
  expect(stdout).not.toMatch(/^ok /m);
});

test("wrong credentials are told with the remedy", async () => {
  const { stdout, status } = await site.shell("backup-manager doctor --config stranger.toml");
  expect(status).toBe(1);
  expect(masked(stdout)).toMatchInlineSnapshot(`
    "ok       configuration  stranger.toml has mode 600, user UID, group GID
    ok       passphrase     can be read; not tried: there is no archive that this key may read
    ok       signers        1 file of signing keys; FOLDER/none is not on this machine
    failed   list           listing site-a/archives/ failed: 403 SignatureDoesNotMatch (bucket offsite at http://127.0.0.1:PORT). Check \`secretAccessKey\` and \`region\` in the configuration, or the environment or profile that they are from.
    unknown  region         the store does not report it; eu-central-1 is used
    ok       clock          agrees with the store's
    ok       gpg            gpg (GnuPG) VERSION
    "
  `);
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

test("a question in what is wrong with the configuration ends as one", async () => {
  await site.shell("sed 's/^prefix/prefx/' offsite.toml > typo.toml; chmod 600 typo.toml");
  const { stdout } = await site.shell("backup-manager doctor --config typo.toml");
  expect(stdout).toMatch(/^failed +configuration +.* did you mean "prefix"\? Fix typo\.toml\.$/m);
});

test("everyone's right to read secrets fails", async () => {
  await site.shell("cp offsite.toml open.toml; chmod 644 open.toml");
  const { stdout, status } = await site.shell("backup-manager doctor --config open.toml");
  expect(status).toBe(1);
  expect(stdout).toMatch(/^failed +configuration +open.toml .*chmod o-rwx open.toml$/m);
});

test("the environment's keys go before a profile, as with the AWS CLI, and a line says so", async () => {
  await site.shell("sed '/accessKeyId\\|secretAccessKey/d' offsite.toml > keyless.toml");
  await site.shell("chmod 600 keyless.toml");
  const { stdout, status } = await site.shell("backup-manager doctor --config keyless.toml", {
    AWS_ACCESS_KEY_ID: "manager",
    AWS_SECRET_ACCESS_KEY: site.secret,
    AWS_PROFILE: "nobody's",
  });
  expect(stdout).toMatch(
    /^ok +access key +from the environment \(AWS_ACCESS_KEY_ID\), which goes before AWS_PROFILE=nobody's$/m,
  );
  expect(stdout).toMatch(/^ok +list +archives can be listed$/m);
  expect(status).toBe(0);
});

test("an access key in the environment without its secret is reported, and no other is used", async () => {
  await site.shell("sed '/accessKeyId\\|secretAccessKey/d' offsite.toml > keyless.toml");
  await site.shell("chmod 600 keyless.toml");
  const environment = { AWS_ACCESS_KEY_ID: "manager" };
  const config = "--config keyless.toml";
  const { stdout, status } = await site.shell(`backup-manager doctor ${config}`, environment);
  expect(stdout).toMatch(
    /^failed +access key +.* without AWS_SECRET_ACCESS_KEY\. Set both, or neither\.$/m,
  );
  expect(status).toBe(1);
  const list = await site.shell(`backup-manager list ${config}`, environment);
  expect(list).toMatchObject({ status: 2 });
});

test("a profile that is not there is reported, and no other key is used", async () => {
  await site.shell("sed '/accessKeyId\\|secretAccessKey/d' offsite.toml > keyless.toml");
  await site.shell("chmod 600 keyless.toml");
  const { stdout, status } = await site.shell("backup-manager doctor --config keyless.toml", {
    AWS_PROFILE: "nobody's",
  });
  expect(stdout).toMatch(
    /^failed +access key +AWS_PROFILE names the profile "nobody's", .*unset it\.$/m,
  );
  expect(status).toBe(1);
});

test("--as reports what the key of a role may and should not do; manager.toml has the manager's", async () => {
  await site.shell(
    "mkdir keys; cp offsite.toml keys/config.toml; grep secretAccessKey offsite.toml > own",
  );
  await site.shell(
    "(echo 'accessKeyId = \"manager\"'; cat own) > keys/manager.toml; chmod 600 keys/*",
  );
  const uploader = await site.shell(
    "backup-manager doctor --config keys/config.toml --as uploader",
  );
  expect(uploader.stdout).toMatch(
    /^warning +delete +this key may delete: .* docs\/two-keys\.md shows\.$/m,
  );
  expect(uploader.stdout).not.toMatch(/manager\.toml|lifecycle/);
  const manager = await site.shell("backup-manager doctor --config keys/config.toml --as manager");
  expect(manager.stdout).toMatch(/^ok +configuration +keys\/manager\.toml has mode 600/m);
  expect(manager.stdout).toMatch(/^warning +put others +this key may store other objects/m);
  const other = await site.shell("backup-manager doctor --as nobody");
  expect(other.stderr).toMatch(/--as needs one of uploader, manager/);
});

test("a bucket that is not there fails, with the line that makes it", async () => {
  await site.shell(
    "sed 's/^bucket = .*/bucket = \"none\"/' offsite.toml > gone.toml; chmod 600 gone.toml",
  );
  const { stdout, status } = await site.shell("backup-manager doctor --config gone.toml");
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^failed +list .*NoSuchBucket.* or make it with the keys of its owner: aws --endpoint-url http:\S+ s3api create-bucket --bucket none --region eu-central-1$/m,
  );
});

test("a new server lacks no signing key, but one that has lost it does", async () => {
  await site.shell(
    'mkdir -m 700 fresh; sed "s#^stateDirectory.*#stateDirectory = \\"$PWD/fresh\\"#" unsigned.toml > fresh.toml; chmod 600 fresh.toml',
  );
  const first = await site.shell("backup-manager doctor --config fresh.toml");
  expect(first.stdout).toMatch(
    /^ok +signers +none yet: the first archive makes a signing key in /m,
  );
  await site.archive({ host: "gandalf", number: 1, attempt: attemptOf(1) });
  const lost = await site.shell("backup-manager doctor --config fresh.toml");
  expect(lost.stdout).toMatch(/^warning +signers +no signing key is known, /m);
});

test("a passphrase that does not open the newest archive fails, unless the key is an uploader's", async () => {
  await site.archive(
    { host: "gandalf", number: 6, attempt: attemptOf(3) },
    {},
    await openVault("old"),
  );
  await site.archive({ host: "witte", number: 5, attempt: attemptOf(2) });
  await site.archive({ host: "frodo", number: 9, attempt: attemptOf(0) }, { without: "head" });
  const well = await site.shell("backup-manager doctor");
  expect(well.stdout).toMatch(/^ok +passphrase +opens the newest archive, witte 5$/m);
  expect(well.status).toBe(0);
  await site.shell('sed s#/passphrase\\"#/other\\"# offsite.toml > other.toml');
  await site.shell("echo other > other; chmod 600 other other.toml");
  const other = await site.shell("backup-manager doctor --config other.toml");
  expect(other.stdout).toMatch(
    /^failed +passphrase +witte 5: it cannot be decrypted: the passphrase does not open its data key\. Check the passphrase in the configuration\. .*rekey.*$/m,
  );
  expect(other.status).toBe(1);
  const uploader = await site.shell("backup-manager doctor --config other.toml --as uploader");
  expect(uploader.stdout).toMatch(/^ok +passphrase +can be read; not tried: /m);
});
