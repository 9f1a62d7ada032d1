import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { installBackupPc, startBackupPc } from "@backuppc-archive-s3/test-rig";
import type { Say } from "../say.ts";
import type { Input } from "./input.ts";
import { usrFiles } from "./usr-files.ts";

/** A host that is not among those that archive-host finds, or it would hold its tar against this one's record. */
const HOST = "bench-input";

/**
 * Backs a tree up by the real BackupPC, and reads it out of the pool each time. The pool
 * keeps the files: they are those of /usr, so that the next time takes no more room.
 */
export async function backupPcInput(folder: string, size: number, say: Say): Promise<Input> {
  const tree = join(folder, "tree");
  await mkdir(tree, { recursive: true });
  await usrFiles(tree, size);
  // BackupPC's user reads it.
  await promisify(execFile)("chmod", ["-R", "a+rX", tree]);
  await chmod(folder, 0o711);
  await installBackupPc(say);
  const backuppc = await startBackupPc({
    say,
    further: [{ name: HOST, method: "tar", shares: [tree] }],
  });
  await backuppc.stop();
  const { user } = backuppc.details;
  const { program, args } = backuppc.tarCreate(HOST, 0);
  // -m: without asking the daemon, which knows the host no longer, whether a backup of it is under way.
  const command = [program, "-m", ...args].map((part) => `'${part}'`).join(" ");
  const tarCreate = join(folder, "tar-create");
  const asUser = `setpriv --reuid ${user} --regid ${user} --clear-groups`;
  await writeFile(tarCreate, `#!/bin/sh\ncd / && exec ${asUser} ${command}\n`, { mode: 0o755 });
  return { tarCreate, tree, bytes: await lengthOf(tarCreate) };
}

async function lengthOf(tarCreate: string): Promise<number> {
  const { stdout } = await promisify(execFile)("bash", [
    "-c",
    'set -o pipefail; "$0" 2>/dev/null | wc -c',
    tarCreate,
  ]);
  return Number(stdout);
}
