import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";
import type { BackupPcDetails } from "./backuppc/backuppc-details.ts";
import { installBackupPc } from "./backuppc/set-up/install-backuppc.ts";
import { startBackupPc } from "./backuppc/start-backuppc.ts";
import type { CephRgwDetails } from "./ceph-rgw/admin-command.ts";
import { startCephRgw } from "./ceph-rgw/start-ceph-rgw.ts";
import { cephRgwPackages, packagingPackages } from "./debian/debian-packages.ts";
import { installDebianPackages } from "./debian/install-debian-packages.ts";

/** The real parts that run while the tests do. */
export interface RealParts {
  /** A Ceph RGW without buckets. */
  readonly store: CephRgwDetails;
  /** For `driveBackupPc`. */
  readonly backuppc: BackupPcDetails;
}

declare module "vitest" {
  interface ProvidedContext {
    realParts: RealParts;
  }
}

/**
 * Global set-up of vitest: installs what is missing, starts Ceph RGW and
 * BackupPC, and hands them to the tests by `inject("realParts")`. A part that
 * does not start fails the run. Gives the tear-down.
 */
export default async function setUpRealParts(project: TestProject): Promise<() => Promise<void>> {
  await installBackupPc(say);
  await installDebianPackages([...cephRgwPackages, ...packagingPackages], say);
  const store = await startCephRgw({ say });
  try {
    const backuppc = await startBackupPc({ say });
    const parts: ProvidedContext = {
      realParts: { store: store.details, backuppc: backuppc.details },
    };
    project.provide("realParts", parts.realParts);
    return async () => {
      await backuppc.stop().finally(async () => await store.stop());
    };
  } catch (error) {
    await store.stop();
    throw error;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
