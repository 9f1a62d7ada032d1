import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import type { SealedMessage } from "@backuppc-archive-s3/gpg";
import type { ObjectBody } from "@backuppc-archive-s3/s3-transport";
import { ArchiveError } from "../archive-error.ts";
import type { MemoryBudget } from "./memory-budget.ts";

/** 1 MiB: read back from the spool in few, large pieces. */
const SPOOL_READ = 1_048_576;

/** A sealed chunk that waits for its upload, and can be sent as often as needed. */
export interface HeldChunk {
  readonly body: ObjectBody;
  /** Gives back its memory and its file. */
  release(): Promise<void>;
}

/**
 * Holds a sealed chunk in memory while the budget has room for it, else in
 * the spool file, which only ever holds ciphertext.
 */
export async function holdSealed(
  message: SealedMessage,
  budget: MemoryBudget,
  spoolFile: string,
): Promise<HeldChunk> {
  const pieces: Uint8Array[] = [];
  let inMemory = 0;
  const toMemory = (piece: Uint8Array): boolean => {
    if (!budget.takeNow(piece.length)) return false;
    inMemory += piece.length;
    pieces.push(piece);
    return true;
  };
  let spool: FileHandle | undefined;
  try {
    for await (const piece of message.bytes) {
      if (spool === undefined && toMemory(piece)) continue;
      spool ??= await open(spoolFile, "wx", 0o600);
      for (const earlier of pieces.splice(0)) await spool.writeFile(earlier);
      budget.give(inMemory);
      inMemory = 0;
      await spool.writeFile(piece);
    }
  } catch (error) {
    throw isFileError(error) ? spoolFailed(spoolFile, error) : error;
  } finally {
    await spool?.close();
  }
  return spool === undefined
    ? heldInMemory(message, pieces, () => budget.give(inMemory))
    : heldInSpool(message, spoolFile);
}

function heldInMemory(message: SealedMessage, pieces: Uint8Array[], give: () => void): HeldChunk {
  return {
    body: {
      ...message.digest(),
      async *open() {
        yield* pieces;
      },
    },
    async release() {
      pieces.length = 0;
      give();
    },
  };
}

function heldInSpool(message: SealedMessage, file: string): HeldChunk {
  return {
    body: {
      ...message.digest(),
      open: () => createReadStream(file, { highWaterMark: SPOOL_READ }),
    },
    release: () => rm(file, { force: true }),
  };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function spoolFailed(file: string, cause: NodeJS.ErrnoException): ArchiveError {
  return new ArchiveError(
    "spool-failed",
    `The spool file ${file} could not be written: ${cause.message}.`,
    "Make room there, or raise `memory` in the configuration so that less is spooled.",
    cause,
  );
}
