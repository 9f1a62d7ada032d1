import { messageOf } from "@backuppc-archive-s3/process";
import { SettingsError } from "@backuppc-archive-s3/settings";
import { ManagerError, type ManagerErrorCode } from "../manager-error.ts";
import { ProgramFailure } from "../program/through-program.ts";

export function cannotDrill(message: string, hint: string, cause?: unknown): ManagerError {
  return new ManagerError("cannot-drill", message, hint, cause);
}

/**
 * The error where this machine, or the call, is to blame for a drill that failed; undefined where the drill has shown
 * something of the archive, or of what restores it.
 */
export function faultOfCall(error: unknown): Error | undefined {
  if (error instanceof SettingsError) return error;
  if (error instanceof ManagerError) return OF_CALL.has(error.code) ? error : undefined;
  // All else that fails has an error of its own: this is a folder of this machine.
  const isOfSystem = error instanceof Error && "syscall" in error;
  const isNoPlace = error instanceof ProgramFailure && hasNoPlace(error.message);
  return isOfSystem || isNoPlace ? noPlace(messageOf(error), error) : undefined;
}

const OF_CALL: ReadonlySet<ManagerErrorCode> = new Set(["cannot-drill", "no-passphrase"]);

/** @param said the last line of a restore script, or of gpg */
export function hasNoPlace(said: string): boolean {
  return NO_PLACE.test(said);
}

const NO_PLACE =
  /^The directory cannot be made: |^You may not write to | free, but .* are needed for |disk (?:may be|is) full|no space left/i;

/** What the script says to do about it, by options of its own. */
const ADVICE = / for (?:the|temporary) .*$| \(.*$|: set TMPDIR .*$/;

export function noPlace(why: string, cause?: unknown): ManagerError {
  const hint =
    "Set TMPDIR to a directory of yours that has room, and let `drill --full` name another one.";
  return cannotDrill(`there is no place to restore into: ${why.replace(ADVICE, "")}`, hint, cause);
}
