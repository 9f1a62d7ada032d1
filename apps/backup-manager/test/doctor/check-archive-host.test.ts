import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkBackupPc } from "../../src/doctor/check-programs.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import { fakeBackupPc, type FakeBackupPcOptions } from "../start/fake-backuppc.ts";

const ARGUMENTS =
  "$tarCreatePath $splitpath $parpath $host $backupnumber $compression $compext $splitsize $archiveloc $parfile *";

interface Tried extends FakeBackupPcOptions {
  /** Of archive-host. */
  readonly firstLine?: string;
  /** Files of BackupPC's configuration. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What is found of an archive host whose archive-host is a file of its own. @param command with PROGRAM for its path */
async function found(
  command: string,
  { firstLine, files, ...more }: Tried = {},
): Promise<{
  readonly folder: string;
  readonly findings: Readonly<Record<string, Finding>>;
}> {
  const { folder: place } = await fakeBackupPc();
  const program = join(place, "bin", "ours");
  await writeFile(program, `${firstLine ?? `#!${process.execPath}`}\n`);
  await chmod(program, 0o755);
  const { folder, topFolder } = await fakeBackupPc({
    hosts: [
      ["archives3", "archive", 0, place],
      ["gandalf", "tar", 1],
    ],
    archiveClientCmd: command.replace("PROGRAM", program),
    ...more,
  });
  await mkdir(join(topFolder, "conf", "pc"), { recursive: true });
  for (const [name, text] of Object.entries(files ?? {}))
    await writeFile(join(topFolder, "conf", "pc", name), text);
  const findings = await checkBackupPc({ stateDirectory: place, role: "both", folders: [folder] });
  return {
    folder: topFolder,
    findings: Object.fromEntries(findings.map((each) => [each.check, each])),
  };
}

const GOOD = `/usr/bin/setsid PROGRAM ${ARGUMENTS}`;

test("An archive host as docs/install.md makes it is well", async () => {
  const { findings } = await found(GOOD);
  const states = Object.fromEntries(
    Object.entries(findings).map(([name, { state }]) => [name, state]),
  );
  expect(states).toEqual({
    BackupPC: "ok",
    ArchiveClientCmd: "ok",
    node: "ok",
    ArchiveDest: "ok",
    ClientTimeout: "ok",
  });
});

describe("ArchiveClientCmd", () => {
  test("of BackupPC's own fails: it archives in the clear", async () => {
    const { findings } = await found(`$Installdir/bin/BackupPC_archiveHost ${ARGUMENTS}`);
    expect(findings["ArchiveClientCmd"]).toMatchObject({
      state: "failed",
      message: expect.stringMatching(
        /^archive host archives3 runs BackupPC's own program: .*clear/,
      ),
      remedy: expect.stringContaining("docs/install.md"),
    });
  });

  test("without setsid is a warning", async () => {
    const { findings } = await found(`PROGRAM ${ARGUMENTS}`);
    expect(findings["ArchiveClientCmd"]).toMatchObject({
      state: "warning",
      remedy: "Put /usr/bin/setsid in front of it.",
    });
  });

  test.each([
    ["that is not there", `/usr/bin/setsid /nowhere/ours ${ARGUMENTS}`, "/nowhere/ours"],
    ["whose setsid is not there", `/nowhere/setsid PROGRAM ${ARGUMENTS}`, "/nowhere/setsid"],
    ["that lacks an argument", GOOD.replace(" $parpath", ""), "eleven arguments"],
  ])("%s fails", async (_, command, message) => {
    const { findings } = await found(command);
    expect(findings["ArchiveClientCmd"]).toMatchObject({
      state: "failed",
      message: expect.stringContaining(message),
    });
  });
});

test("A host's configuration in a file that BackupPC does not read fails, with the line that renames it", async () => {
  const files = { "archiveS3.pl": "$Conf{XferMethod} = 'archive';", "Gandalf.pl": "1;" };
  const { folder, findings } = await found(GOOD, { files });
  const place = join(folder, "conf", "pc");
  expect(findings["archive host"]).toMatchObject({
    state: "failed",
    message: expect.stringContaining(`does not read ${place}/archiveS3.pl`),
    remedy: `Run: mv ${place}/archiveS3.pl ${place}/archives3.pl`,
  });
});

test("A node that BackupPC does not find fails, with the line that links it", async () => {
  const { findings } = await found(GOOD, {
    firstLine: "#!/usr/bin/env node",
    path: "/nowhere",
  });
  expect(findings["node"]).toMatchObject({
    state: "failed",
    message: expect.stringContaining("is not in BackupPC's PATH /nowhere"),
    remedy: `Run: ln -sf ${process.execPath} /usr/bin/node`,
  });
});

test("A ClientTimeout of less than a day is a warning", async () => {
  const { findings } = await found(GOOD, { clientTimeout: 72_000 });
  expect(findings["ClientTimeout"]).toMatchObject({
    state: "warning",
    message: "72000 s of archive host archives3: BackupPC cancels an archive that takes longer",
  });
});

test("Where BackupPC answers its own user alone, it is said how to ask as that user", async () => {
  const { findings } = await found(GOOD, { isWrongUser: true });
  expect(findings).toEqual({
    BackupPC: {
      check: "BackupPC",
      state: "unknown",
      message: "BackupPC answers only its own user",
      remedy: "Run this as that user: su -s /bin/sh backuppc -c 'backup-manager …'",
    },
  });
});

test("No BackupPC on the machine is a warning, but not for a manager, who is best elsewhere", async () => {
  const place = { stateDirectory: undefined, folders: ["/nowhere"] };
  expect(await checkBackupPc({ ...place, role: "both" })).toMatchObject([{ state: "warning" }]);
  expect(await checkBackupPc({ ...place, role: "manager" })).toMatchObject([{ state: "ok" }]);
});
