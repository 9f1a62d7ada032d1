import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { driveBackupPc } from "../../../src/backuppc/drive-backuppc.ts";

const backuppc = driveBackupPc(inject("backuppc"));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-"));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A program that BackupPC runs in place of its own archiver. */
async function client(name: string, lines: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${lines}\n`);
  await chmod(file, 0o755);
  return file;
}

const tellArguments = `for a in "$@"; do printf '<%s>' "$a"; done; echo`;

/** Seconds, by far more than a busy machine takes, and fewer than the programs that would be waited for. */
const SOON = 200;

test("BackupPC archives both hosts with its own archiver.", async () => {
  const { result, log } = await backuppc.archive({ hosts: ["gandalf", "witte"] });
  expect(result).toBe("ok");
  expect(log.match(/^Done: .* 0 errors$/gm)).toHaveLength(2);
});

test("The command line always passes the split size 0000000.", async () => {
  const command = await client("arguments", tellArguments);
  const { log } = await backuppc.archive({ hosts: ["gandalf"], command, splitSize: 500 });
  const { programFolder, topFolder } = backuppc.details;
  expect(log).toContain(
    `<${programFolder}/BackupPC_tarCreate></usr/bin/split><><gandalf><1></bin/cat><><0000000><${topFolder}/archives3><0><*>`,
  );
});

test("The web interface passes the split size, compression and destination.", async () => {
  const command = await client("arguments", tellArguments);
  const { log } = await backuppc.archive({
    hosts: ["witte"],
    command,
    compression: "bzip2",
    splitSize: 500,
    destination: folder,
    by: "web",
  });
  expect(log).toContain(`<witte><1></bin/bzip2><.bz2><500000000><${folder}><0><*>`);
});

test("A failure tells the last line that the program printed.", async () => {
  const command = await client("failing", "echo first; echo the cause >&2; exit 3");
  const archived = await backuppc.archive({ hosts: ["gandalf"], command });
  expect(archived).toMatchObject({ result: "failed", message: "the cause" });
});

test("The client timeout ends an archive that takes too long.", async () => {
  const command = await client("slow", "sleep 600 & echo working; wait");
  const archived = await backuppc.archive({
    hosts: ["gandalf"],
    command: `/usr/bin/setsid ${command}`,
    clientTimeout: 2,
  });
  expect(archived.result).toBe("failed");
  expect(archived.seconds).toBeLessThan(SOON);
});

test("An archive that is cancelled fails at once, and the next one can start.", async () => {
  const command = await client("endless", "echo working; exec sleep 600");
  const archived = await backuppc.archive({
    hosts: ["gandalf"],
    command: `/usr/bin/setsid ${command}`,
    signal: AbortSignal.timeout(1_500),
  });
  expect(archived.result).toBe("failed");
  expect(archived.seconds).toBeLessThan(SOON);
  expect((await backuppc.archive({ hosts: ["gandalf"] })).result).toBe("ok");
});

test("A request for an unknown host is refused.", async () => {
  const archived = backuppc.archive({ hosts: ["nobody"] });
  await expect(archived).rejects.toMatchObject({ code: "refused" });
});
