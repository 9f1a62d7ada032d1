import { formatBytes } from "@backuppc-archive-s3/settings";
import { count } from "../text/count.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { sheet } from "../text/sheet.ts";
import type { ShownArchive } from "./show-json.ts";

/** One archive as people read it: a line for each thing that is known. */
export function archiveSheet(archive: ShownArchive, otherAttempts: readonly string[]): string {
  const { host, number, attempt, status, ambiguous, started, tool } = archive;
  return sheet([
    ["Host", printable(host)],
    ["Backup number", String(number)],
    ["Backup", backupOf(archive)],
    ["Attempt", attempt],
    ["Status", ambiguous ? "it has two markers, so nobody knows" : STATUS[status]],
    ["Signature", signatureOf(archive)],
    ["Started", localTime(new Date(started))],
    ["Finished", timeOf(archive.finished)],
    ["Tar", tarOf(archive)],
    ["Stored", storedOf(archive)],
    ["Uploaded", uploadedOf(archive)],
    ["Reused", reusedOf(archive)],
    ["Chunks held", archive.holdUntil === null ? undefined : `until ${timeOf(archive.holdUntil)}`],
    ["Compression", archive.compression ?? undefined],
    ["Encryption", encryptionOf(archive)],
    ["Source errors", archive.sourceErrors === null ? undefined : String(archive.sourceErrors)],
    ["Last drill", drillOf(archive)],
    ["Written by", tool === null ? undefined : printable(tool)],
    ["Other attempts", otherAttempts.join(", ") || undefined],
  ]);
}

const STATUS: Readonly<Record<ShownArchive["status"], string>> = {
  complete: "complete",
  partial: "partial: BackupPC could not read all of that backup when it was archived",
  incomplete: "incomplete: it is in progress, or its run failed",
};

function signatureOf({ verified, signer, unverified }: ShownArchive): string {
  return verified ? `verified, by key ${signer}` : `NOT VERIFIED: ${printable(unverified ?? "")}`;
}

/** Of the host, so that it may be of another backup. */
function drillOf({ drill }: ShownArchive): string | undefined {
  if (drill === null) return undefined;
  const { time, number, result, reason, proven } = drill;
  const backup = number === null ? "" : `, of backup ${number}`;
  if (result === "proven") return `${localTime(new Date(time))}${backup}: proven`;
  const before = proven === null ? "never proven" : `proven ${localTime(new Date(proven))}`;
  return `${localTime(new Date(time))}${backup}: FAILED, ${printable(reason ?? "")} (${before})`;
}

function timeOf(time: string | null): string | undefined {
  return time === null ? undefined : localTime(new Date(time));
}

function backupOf({ backup }: ShownArchive): string | undefined {
  return backup === null
    ? undefined
    : `${printable(backup.type)}, of ${localTime(new Date(backup.started))}`;
}

function tarOf({ tarBytes, members }: ShownArchive): string | undefined {
  if (tarBytes === null) return undefined;
  return `${formatBytes(tarBytes)}${members === null ? "" : `, ${count(members, "member")}`}`;
}

function storedOf({ storedBytes, chunks, tarBytes }: ShownArchive): string | undefined {
  if (storedBytes === null || chunks === null) return undefined;
  const share = tarBytes ? `, ${Math.round((100 * storedBytes) / tarBytes)} % of the tar` : "";
  return `${formatBytes(storedBytes)} in ${count(chunks, "chunk")}${share}`;
}

function uploadedOf({ newChunks, newBytes }: ShownArchive): string | undefined {
  if (newChunks === null || newBytes === null) return undefined;
  return `${formatBytes(newBytes)} in ${count(newChunks, "chunk")}`;
}

/** More would hide the rest; --json has all. */
const MOST_ATTEMPTS = 3;

function reusedOf({ reused, storedBytes, newBytes }: ShownArchive): string | undefined {
  if (reused === null || storedBytes === null || newBytes === null) return undefined;
  if (reused.length === 0) return "nothing";
  const chunks = reused.reduce((sum, each) => sum + each.chunks, 0);
  const shown = reused.slice(0, MOST_ATTEMPTS).map((each) => `${each.attempt} (${each.chunks})`);
  const more = reused.length - shown.length;
  const from = `${shown.join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
  return `${formatBytes(storedBytes - newBytes)} in ${count(chunks, "chunk")} of ${from}`;
}

function encryptionOf({ status, encryption, compression }: ShownArchive): string | undefined {
  if (status === "incomplete" && compression === null) return undefined;
  if (encryption === null) return "none: anyone who can read the store can read the backup";
  const openedBy = [
    ...(encryption.passphrase ? ["passphrase"] : []),
    ...encryption.recipients.map((fingerprint) => `key ${fingerprint}`),
  ];
  return openedBy.join(" or ");
}
