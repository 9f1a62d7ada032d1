import type { StoreCheck } from "@backuppc-archive-s3/archiver";
import { messageOf } from "@backuppc-archive-s3/process";
import { printable } from "./text/printable.ts";

export type ManagerErrorCode =
  | "usage"
  | "no-such-host"
  | "no-such-archive"
  /** The archive has no file of a name that was asked for. */
  | "no-such-member"
  | "probe-failed"
  | "output-failed"
  | "backuppc-failed"
  /** BackupPC's library answers its own user alone. */
  | "backuppc-user"
  | "cannot-run"
  | "cannot-decrypt"
  /** A key that archives are verified with cannot be read or believed. */
  | "signer-key"
  /** The chunk index is not known to be the newest one, so nothing may go that another one may rely on. */
  | "old-index"
  /** An archive whose signature does not verify. */
  | "unverified"
  /** A drill cannot be made, because of this machine or of how it was called: that says nothing of the archive. */
  | "cannot-drill"
  /** There is no passphrase to work with. */
  | "no-passphrase"
  /** By a person, at a question. */
  | "interrupted";

/** Something that backup-manager could not do: one line for the user and a remedy. */
export class ManagerError extends Error {
  override readonly name = "ManagerError";
  readonly code: ManagerErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(code: ManagerErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** That a program, which has done no harm, could not be started. */
export function cannotRun(program: string, cause: unknown): ManagerError {
  const hint = "Install it, or check what the machine is short of.";
  return new ManagerError(
    "cannot-run",
    `${program} can't be run: ${messageOf(cause)}`,
    hint,
    cause,
  );
}

/** @param check what the canaries of the host's chunk index have shown */
export function oldIndex(host: string, check: Exclude<StoreCheck, "same">): ManagerError {
  const title = printable(host);
  const reasons = {
    copied: `the chunk index of ${title} is an older copy of itself`,
    gone: `the store is not the one that has the chunks of ${title}'s chunk index`,
    unclear: "an answer of the store was lost, to this command or to a run that was killed",
  };
  return new ManagerError(
    "old-index",
    `${reasons[check]}, so nothing that is still held is freed`,
    "The next archive of the host begins a new chunk index; held chunks are freed later.",
  );
}

/** @param site the store's name for people */
export function noSuchHost(host: string, site: string): ManagerError {
  const message = `there is no archive of host ${printable(host)} in ${site}`;
  return new ManagerError("no-such-host", message, "Run `backup-manager list` to see the hosts.");
}

export function noSuchArchive(host: string, number: number | undefined): ManagerError {
  const message = `there is no archive of ${printable(host)}'s backup ${number}`;
  const hint = `Run \`backup-manager list --host ${printable(host)}\` to see the numbers.`;
  return new ManagerError("no-such-archive", message, hint);
}

export function noSuchAttempt(host: string, number: number, attempt: string): ManagerError {
  const message = `${printable(host)}'s backup ${number} has no attempt ${printable(attempt)}`;
  const hint = `Run \`backup-manager list --host ${printable(host)} --json\` to see the attempts.`;
  return new ManagerError("no-such-archive", message, hint);
}
