import type { Encryption } from "@backuppc-archive-s3/backup-catalog";
import { hasDigests } from "./chunk-table.ts";
import { asFileName, asWord } from "./quote.ts";
import type { RestoreChunk, RestoreInput } from "./restore-input.ts";

/** The words in the head of the script, by the names of their places. */
export function describe(
  input: RestoreInput,
  fileName: string = asFileName(`restore_${input.id.host}.sh`),
): Readonly<Record<string, string>> {
  const { id, status, asked, expires, encryption, only } = input;
  const chunks = chunksOf(input);
  const storedBytes = chunks.reduce((sum, { storedLength }) => sum + storedLength, 0);
  const shortened = asked !== undefined && asked.getTime() - expires.getTime() > 60_000;
  return {
    HOST: id.host,
    NUMBER: String(id.number),
    ATTEMPT: id.attempt === undefined ? "" : `Attempt ${id.attempt}. `,
    STATUS: status,
    FINISHED: describeTime(input.finished),
    TAR_SIZE:
      input.tarBytes === undefined
        ? "not known"
        : `${describeSize(input.tarBytes)} of files, as a tar`,
    STORED_SIZE: describeSize(storedBytes),
    COUNT: chunks.length === 1 ? "1 chunk" : `${chunks.length} chunks`,
    CHECKED: hasDigests(chunks)
      ? "each checked by its SHA-256"
      : "of which only the lengths can be checked",
    ENCRYPTION: describeEncryption(encryption),
    VERIFIED: describeTrust(input),
    EXPIRES: describeTime(expires),
    SHORTENED: shortened ? `, not until ${describeTime(asked)} as asked for` : "",
    WHAT: only === undefined ? "everything" : "what it is for",
    MEMBERS: describeMembers(input),
    // A dash would make an option of it.
    FILE: asWord(fileName.replace(/^-/, "./-")),
    NEEDS: encryption === null ? "" : "gpg, ",
    CREATED: describeTime(input.created),
    TOOL: input.tool,
  };
}

/** Those that the script fetches. */
export function chunksOf({ chunks, only }: RestoreInput): readonly RestoreChunk[] {
  return only === undefined ? chunks : chunks.filter((_, at) => only.chunks.has(at));
}

function describeMembers({ members = [], only }: RestoreInput): string {
  if (only !== undefined) {
    const what = only.names.length === 1 ? "1 member" : `${only.names.length} members`;
    return `It is for ${what} of the backup, and has the URLs of no other chunks.`;
  }
  return members.length === 0
    ? "This archive has no member index: to restore single files, all chunks are read."
    : "`--list` and `--find GLOB` list files, and `DIRECTORY /etc/fstab` restores one: only what is needed is fetched.";
}

/** `2026-11-29 03:15:00 UTC` */
export function describeTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `1.2 GB`, by powers of 1000 */
function describeSize(bytes: number): string {
  const units = ["kB", "MB", "GB", "TB"];
  let [size, unit] = [bytes, "bytes"];
  for (const next of units) {
    if (size < 1000) break;
    [size, unit] = [size / 1000, next];
  }
  return unit === "bytes" ? `${size} bytes` : `${size.toFixed(1)} ${unit}`;
}

function describeEncryption(encryption: Encryption | null): string {
  if (encryption === null) return "none";
  const ways = encryption.recipients.map((fingerprint) => `the secret key ${fingerprint}`);
  if (encryption.passphrase) ways.unshift("the passphrase");
  return `decrypted with ${ways.join(" or ")}`;
}

function describeTrust({ id, verified }: RestoreInput): string {
  if (verified !== undefined) return `signed by ${verified.by}`;
  if (id.attempt === undefined) return "no: archives of this age are not signed";
  return "NO: no trusted signature was verified; anyone who can write to the store may have made it";
}
