import { rm, writeFile } from "node:fs/promises";

/** Asked by Debian's maintainer scripts before they start a service. */
const policyFile = "/usr/sbin/policy-rc.d";

/** Status 101 means: an action forbidden by policy. */
const forbidAll = "#!/bin/sh\nexit 101\n";

/** Runs `task` while packages that are being installed may start no service. A policy of the machine's own stays. */
export async function withoutServices(task: () => Promise<void>): Promise<void> {
  const written = await writePolicy();
  try {
    await task();
  } finally {
    if (written) await rm(policyFile, { force: true });
  }
}

async function writePolicy(): Promise<boolean> {
  try {
    await writeFile(policyFile, forbidAll, { flag: "wx", mode: 0o755 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
