import { CatalogError, checkHost } from "@backuppc-archive-s3/backup-catalog";
import { hintOf } from "@backuppc-archive-s3/settings/hints";
import * as z from "zod";
import { ArchiveError } from "./archive-error.ts";
import { NAMES, USAGE } from "./usage.ts";

/** What BackupPC asks for. */
export interface ArchiveRequest {
  /** The path of BackupPC_tarCreate. */
  readonly tarCreatePath: string;
  readonly host: string;
  /** BackupPC's backup number. */
  readonly number: number;
  /** The compression program's path, `""` for none. */
  readonly compressionPath: string;
  /** What that program's output is called, such as `.gz`. */
  readonly compressionSuffix: string;
  /** No chunk is longer, in bytes; undefined sets no bound. */
  readonly splitSize: number | undefined;
  /** The working directory, `$Conf{ArchiveDest}`. */
  readonly workingDirectory: string;
  /** The share, or `*` for all. */
  readonly share: string;
}

/** Bytes. BackupPC's web page gives whole megabytes; smaller chunks would be too many to restore. */
const LEAST_SPLIT = 1_000_000;

/** Host, number and attempt together are the names of files of a restore, which have 255 bytes. */
const LAST_NUMBER = 99_999_999;

const decimal = z.string().regex(/^\d{1,15}$/, "is not a decimal number");
const named = z.string().min(1, "is empty");

const argumentsSchema = z
  .tuple([
    named.describe("tarCreatePath"),
    z.string().describe("splitPath"),
    z.string().describe("parPath"),
    named.regex(/^[^-]/, "starts with a dash").describe("host"),
    decimal.refine((digits) => Number(digits) <= LAST_NUMBER, "is too large").describe("bkupNum"),
    z.string().describe("compPath"),
    z
      .string()
      .regex(/^(\.?[A-Za-z0-9]{1,16})?$/, "is not a file extension")
      .describe("fileExt"),
    decimal
      .refine(
        (digits) => Number(digits) === 0 || Number(digits) >= LEAST_SPLIT,
        "is less than 1 MB",
      )
      .describe("splitSize"),
    named.describe("outLoc"),
    z.string().describe("parFile"),
    named.describe("share"),
  ])
  .transform(
    ([tarCreatePath, , , host, number, compressionPath, suffix, splitSize, outLoc, , share]) => ({
      tarCreatePath,
      host,
      number: Number(number),
      compressionPath,
      compressionSuffix: suffix === "" || suffix.startsWith(".") ? suffix : `.${suffix}`,
      splitSize: Number(splitSize) === 0 ? undefined : Number(splitSize),
      workingDirectory: outLoc,
      share,
    }),
  );

/**
 * The eleven arguments as BackupPC gives them, empty ones included. A split
 * size of zeros, which its command line always sends, means "not given".
 *
 * @throws {ArchiveError} code `usage`
 */
export function parseArguments(args: readonly string[]): ArchiveRequest {
  if (args.length !== NAMES.length) {
    throw usage(`${NAMES.length} arguments are needed, not ${args.length}.`);
  }
  const parsed = argumentsSchema.safeParse(args);
  if (parsed.success) return restorable(parsed.data);
  const [issue] = parsed.error.issues;
  const position = Number(issue?.path[0]);
  throw usage(`${NAMES[position]} ${issue?.message}: "${args[position]}".`);
}

/** Refuses a host whose archives no script could restore. */
function restorable(request: ArchiveRequest): ArchiveRequest {
  try {
    checkHost(request.host);
    return request;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    throw new ArchiveError("usage", error.message, hintOf(error) ?? "", error);
  }
}

function usage(message: string): ArchiveError {
  return new ArchiveError("usage", message, `Usage: ${USAGE}`);
}
