import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";
import type { BackupPcDetails } from "../backuppc/backuppc-details.ts";
import { installBackupPc } from "../backuppc/set-up/install-backuppc.ts";
import { startBackupPc } from "../backuppc/start-backuppc.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** This machine's BackupPC, which runs while the tests do: for `driveBackupPc`. */
    backuppc: BackupPcDetails;
  }
}

/** Global set-up of vitest: BackupPC for `inject("backuppc")`. One that does not start fails the run. Gives the tear-down. */
export default async function setUpBackupPc(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string): unknown => process.stderr.write(`${line}\n`);
  await installBackupPc(say);
  const backuppc = await startBackupPc({ say });
  const details: ProvidedContext["backuppc"] = backuppc.details;
  project.provide("backuppc", details);
  return async () => await backuppc.stop();
}
