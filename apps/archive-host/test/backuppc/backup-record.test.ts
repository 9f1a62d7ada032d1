import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FoundRecord, readBackupRecord } from "../../src/backuppc/backup-record.ts";

/** Stands for BackupPC's own library: it runs a configuration in perl, and knows its top directory after that. */
const LIBRARY = `
package BackupPC::Lib;
sub new { my %Conf; my $file = __FILE__; $file =~ s{[^/]*/[^/]*$}{config.pl}; our %Conf;
  do($file) or return; return bless({ TopDir => $main::Conf{TopDir} || $Conf{TopDir} }) }
sub TopDir { return $_[0]{TopDir} }
1;
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backuppc-"));
  await mkdir(join(folder, "top", "pc", "gandalf"), { recursive: true });
  await writeFile(
    join(folder, "top", "pc", "gandalf", "backups"),
    "1\tincr\t1700086400\t1700086500\t3\t4096\t0\t0\t3\t4096\n",
  );
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** Installs a BackupPC with this configuration, its library in this folder; gives its BackupPC_tarCreate. */
async function install(
  configuration: string,
  { library = "lib", program = "" } = {},
): Promise<string> {
  await mkdir(join(folder, library, "BackupPC"), { recursive: true });
  await mkdir(join(folder, "bin"), { recursive: true });
  await writeFile(join(folder, library, "BackupPC", "Lib.pm"), LIBRARY);
  await writeFile(join(folder, library, "config.pl"), `${configuration}\n1;\n`);
  const tarCreate = join(folder, "bin", "BackupPC_tarCreate");
  await writeFile(tarCreate, `#!/usr/bin/perl\n${program}use BackupPC::Lib;\n`);
  return tarCreate;
}

async function read(tarCreatePath: string, host = "gandalf", number = 1): Promise<FoundRecord> {
  return await readBackupRecord({ host, number, tarCreatePath }, new AbortController().signal);
}

const RECORD = { type: "incr", started: new Date(1_700_086_400_000), files: 3, size: 4096 };

describe("readBackupRecord", () => {
  test.each([
    ["in single quotes", (top: string) => `$Conf{TopDir}      = '${top}';`],
    ["in double quotes", (top: string) => `$Conf{TopDir} = "${top}";`],
    ["by q()", (top: string) => `$Conf{TopDir} = q(${top});`],
    ["by qq{}", (top: string) => `my $top = "${top}"; $Conf{TopDir} = qq{$top};`],
    ["set twice", (top: string) => `$Conf{TopDir} = '/nowhere'; $Conf{TopDir} = '${top}';`],
    [
      "behind a comment",
      (top: string) => `# $Conf{TopDir} = '/nowhere';\n$Conf{TopDir} = '${top}';`,
    ],
    ["with its name in quotes", (top: string) => `$Conf{'TopDir'}='${top}';`],
    ["after words of its own", (top: string) => `print "hello\\n";\n$Conf{TopDir} = '${top}';`],
    [
      "before words of its own",
      (top: string) => `$Conf{TopDir} = '${top}'; END { print "bye\\n" }`,
    ],
  ])("finds the top directory %s", async (_, configuration) => {
    const tarCreate = await install(configuration(join(folder, "top")));
    expect(await read(tarCreate)).toEqual({ record: RECORD });
  });

  test("finds the library where BackupPC_tarCreate does", async () => {
    const library = "usr/lib/BackupPC";
    const program = `use strict;\nuse lib "${join(folder, library)}";\n`;
    const configuration = `$Conf{TopDir} = '${join(folder, "top")}';`;
    const tarCreate = await install(configuration, { library, program });
    expect(await read(tarCreate)).toEqual({ record: RECORD });
  });

  test.each([
    ["of another number", "gandalf", 7, /backups has none of this number$/],
    ["of another host", "witte", 1, /ENOENT.*witte\/backups/],
    ["of a host that is a path", "../pc/gandalf", 1, /is a path/],
  ])("says that there is no record %s", async (_, host, number, why) => {
    const tarCreate = await install(`$Conf{TopDir} = '${join(folder, "top")}';`);
    expect(await read(tarCreate, host, number)).toEqual({ why: expect.stringMatching(why) });
  });

  test.each([
    ["has no top directory", "", /^BackupPC has no TopDir$/],
    ["has a relative one", "$Conf{TopDir} = 'backuppc';", /^BackupPC has no TopDir$/],
    ["cannot be understood", "$Conf{TopDir} = ;", /^perl ended with status 1$/],
    ["ends the program", 'die("no\\n");', /^perl ended with status 1$/],
  ])("says that the configuration %s", async (_, configuration, why) => {
    expect(await read(await install(configuration))).toEqual({ why: expect.stringMatching(why) });
  });

  test("says that there is no BackupPC", async () => {
    const missing = join(folder, "missing");
    expect(await read(missing)).toEqual({ why: `${missing}: No such file or directory` });
    await mkdir(join(folder, "bin"));
    const other = join(folder, "bin", "tarCreate");
    await writeFile(other, "#!/bin/sh\n");
    expect(await read(other)).toEqual({ why: "Can't locate BackupPC/Lib.pm in @INC" });
  });

  test("ends perl when the archive is stopped", async () => {
    const tarCreate = await install("sleep 600;");
    const controller = new AbortController();
    const reading = readBackupRecord(
      { host: "gandalf", number: 1, tarCreatePath: tarCreate },
      controller.signal,
    );
    controller.abort();
    expect(await reading).toEqual({
      why: expect.stringMatching(/^perl (was killed by SIGKILL|could not be run)/),
    });
  });
});
