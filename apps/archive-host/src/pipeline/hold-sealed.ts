import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import type { SealedMessage } from "@backuppc-archive-s3/gpg";
import type { ObjectBody } from "@backuppc-archive-s3/s3-transport";
import { ArchiveError } from "../archive-error.ts";
import type { BlockPool } from "./block-pool.ts";

/** 256 KiB at a time are read back from the spool, for each connection. */
const SPOOL_READ = 262_144;

/** A sealed chunk that waits for its upload, and can be sent as often as needed. */
export interface HeldChunk {
  readonly body: ObjectBody;
  /** Gives back its memory and its file. */
  release(): Promise<void>;
}

/**
 * Holds a sealed chunk in memory where the pool has room for it, or soon will, else in the
 * spool file, which only ever holds ciphertext.
 */
export async function holdSealed(
  message: SealedMessage,
  pool: BlockPool,
  spoolFile: string,
  signal: AbortSignal,
): Promise<HeldChunk> {
  const held: Uint8Array[] = [];
  let spool: FileHandle | undefined;
  try {
    for await (const block of message.bytes) {
      if (spool === undefined && (await pool.held.takeSoon(signal))) {
        held.push(block);
        continue;
      }
      spool ??= await open(spoolFile, "wx", 0o600);
      for (const earlier of held.splice(0)) {
        await spool.writeFile(earlier);
        pool.held.giveBack(1);
        pool.giveBack(earlier);
      }
      await spool.writeFile(block);
      pool.giveBack(block);
    }
  } catch (error) {
    throw isFileError(error) ? spoolFailed(spoolFile, "written", error) : error;
  } finally {
    await spool?.close();
  }
  return spool === undefined ? heldInMemory(message, held, pool) : heldInSpool(message, spoolFile);
}

function heldInMemory(message: SealedMessage, blocks: Uint8Array[], pool: BlockPool): HeldChunk {
  pool.held.holdsWhole();
  return {
    body: {
      ...message.digest(),
      async *open() {
        yield* blocks;
      },
    },
    async release() {
      pool.held.releases(blocks.length);
      for (const block of blocks.splice(0)) pool.giveBack(block);
    },
  };
}

function heldInSpool(message: SealedMessage, file: string): HeldChunk {
  return {
    body: {
      ...message.digest(),
      open: () => readBack(file),
    },
    release: () => rm(file, { force: true }),
  };
}

async function* readBack(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: SPOOL_READ });
  } catch (error) {
    throw isFileError(error) ? spoolFailed(file, "read", error) : error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function spoolFailed(
  file: string,
  what: "written" | "read",
  cause: NodeJS.ErrnoException,
): ArchiveError {
  return new ArchiveError(
    "spool-failed",
    `The spool file ${file} could not be ${what}: ${cause.message}.`,
    "Make room there, or raise `memory` in the configuration so that less is spooled.",
    cause,
  );
}
