import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { attemptOf } from "../store-archive.ts";
import { TAR_MEMBERS, tarSlices } from "../tar-slices.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  const id = { host: "gandalf", number: 1, attempt: attemptOf(1) };
  await site.archive(id, { slices: tarSlices(), members: TAR_MEMBERS });
  await site.shell(
    `sed 's|/passphrase"|/gone"|' server.toml > gone.toml
    sed '/^passphraseFile/d' server.toml > without.toml
    mkdir -m 700 strange; sed 's|/state"|/strange"|' server.toml > strange.toml
    chmod 600 *.toml; mkdir full; touch full/file`,
  );
});

describe("What no archive is to blame for is an error of the call, and is not kept", () => {
  test.each([
    [
      "--full full",
      /^nothing can be restored into \S+\/full: it is not empty\. Choose an empty dir/,
    ],
    ["--full signer.asc", /^nothing can be restored into \S+\/signer\.asc: ENOTDIR/],
    ["--config gone.toml", /^The passphraseFile \S+\/gone can't be read: ENOENT/],
    ["--config gone.toml --full new", /^The passphraseFile \S+\/gone can't be read: ENOENT/],
    ["--config without.toml", /^it cannot be decrypted: no passphrase is known\. Add passphraseF/],
    [
      "--config strange.toml",
      /^no signing key is known\. Name the public signing key of archive-host in `signers`/,
    ],
    [
      "--full /proc/none",
      /^there is no place to restore into: The directory cannot be made: \/proc/,
    ],
  ])("drill -H gandalf %s", async (options, message) => {
    expect(await ended(`backup-manager drill -H gandalf ${options}`)).toEqual(refusal(message));
  });

  test("drill --config gone.toml, which takes hosts in turn", async () => {
    const line = "backup-manager drill --config gone.toml";
    expect(await ended(line)).toEqual(refusal(/^The passphraseFile /));
  });

  test("TMPDIR=none drill", async () => {
    const line = "TMPDIR=none backup-manager drill";
    expect(await ended(line)).toEqual(refusal(/^there is no place to restore into: ENOENT/));
  });
});

async function ended(line: string): Promise<object> {
  const server = { BACKUPPC_ARCHIVE_S3_CONFIG: join(site.folder, "server.toml") };
  const said = await site.shell(line, server);
  return { ...said, kept: (await site.shell("ls */gandalf.drill")).stdout };
}

function refusal(message: RegExp): object {
  const line = new RegExp(`^backup-manager: ${message.source.slice(1)}[^\n]*\n$`);
  return { stdout: "", stderr: expect.stringMatching(line), status: 2, kept: "" };
}

test("names of folders count from where the caller is, not from where the script runs", async () => {
  const line = `mkdir here; ln -s "$(command -v curl)" here/curl
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a -keyout ca.key -out ca.pem 2>/dev/null
    (echo 'caFile = "ca.pem"'; cat server.toml) > ca.toml; chmod 600 ca.toml
    PATH=here:$PATH TMPDIR=here backup-manager --config ca.toml drill -H gandalf --full all`;
  const { stdout, stderr, status } = await site.shell(line);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toMatch(/^gandalf +1 +2 .* proven$/m);
  expect((await site.shell("ls all; ls here")).stdout).toBe("a\nb\ncurl\n");
});

test("a store without a complete archive is said to have none to drill", async () => {
  await site.shell('sed \'s/"offsite"/"empty"/\' server.toml > e.toml; chmod 600 e.toml');
  expect(await site.shell("backup-manager --config e.toml drill")).toEqual({
    stdout: "There is no complete archive to drill in s3://empty/site-a/.\n",
    stderr: "",
    status: 4,
  });
});
