import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import type { ArchiveHost } from "../backuppc/read-hosts.ts";
import { asFailure, type Finding, ok, warning } from "./finding.ts";

const CHECK = "ArchiveDest";
/** Write permission for the group and for all others. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Whether archive-host can work in the folder that BackupPC gives it, and this program finds it.
 *
 * @param stateDirectory undefined where the configuration cannot be used
 */
export async function checkDestination(
  { name, destination: path }: ArchiveHost,
  stateDirectory: string | undefined,
): Promise<Finding> {
  const what = `${path} of archive host ${name}`;
  const found = await stat(path).catch((error: unknown) => error);
  const code = found instanceof Error && "code" in found ? found.code : undefined;
  if (code === "ENOENT")
    return wrong(
      `${what} does not exist`,
      `Run: install -d -o backuppc -g backuppc -m 750 ${path}`,
    );
  if (found instanceof Error || typeof found !== "object" || found === null)
    return warning(CHECK, `${what} cannot be looked at: ${String(found)}`, "Run this as backuppc.");
  const mode = "mode" in found ? Number(found.mode) : 0;
  if ((mode & WRITABLE_BY_OTHERS) !== 0)
    return wrong(
      `${what} can be written to by others: archive-host refuses it`,
      `Run: chmod go-w ${path}`,
    );
  const isWritable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return wrong(
      `${what} cannot be written to by this user, as which archive-host runs`,
      `Run: chown backuppc ${path}`,
    );
  if (stateDirectory !== undefined && stateDirectory !== path)
    return warning(
      CHECK,
      `${what} is not the stateDirectory ${stateDirectory}: its archives are not verified here, and nothing is freed at once`,
      `Set stateDirectory = ${JSON.stringify(path)} in the configuration, or ArchiveDest in BackupPC.`,
    );
  return ok(CHECK, `${what} is this configuration's stateDirectory`);
}

function wrong(message: string, remedy: string): Finding {
  return asFailure(warning(CHECK, message, remedy));
}
