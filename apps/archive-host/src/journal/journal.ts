import { type FileHandle, open, rm } from "node:fs/promises";
import { ArchiveError } from "../archive-error.ts";
import type { JournaledChunk, JournalHead } from "./journal-format.ts";

/**
 * The local file from which an interrupted archive is resumed: what the attempt
 * is, then a line for each chunk that is stored. It is removed when the archive
 * is whole.
 */
export class Journal {
  readonly #file: FileHandle;
  readonly #path: string;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Begins the journal of a new attempt, in place of an older one. */
  static async begin(path: string, head: JournalHead): Promise<Journal> {
    await rm(path, { force: true });
    const journal = await Journal.goOn(path);
    await journal.#append(head);
    return journal;
  }

  /** Goes on with a journal that has been read. */
  static async goOn(path: string): Promise<Journal> {
    try {
      return new Journal(await open(path, "a", 0o600), path);
    } catch (error) {
      throw journalFailed(path, error);
    }
  }

  /** A chunk is stored. Each line is one write, so that a kill leaves whole lines. */
  async stored(chunk: JournaledChunk): Promise<void> {
    await this.#append(chunk);
  }

  /** The archive is whole: there is nothing to resume. */
  async done(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(line: JournalHead | JournaledChunk): Promise<void> {
    try {
      await this.#file.write(`${JSON.stringify(line)}\n`);
    } catch (error) {
      throw journalFailed(this.#path, error);
    }
  }
}

function journalFailed(path: string, cause: unknown): ArchiveError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ArchiveError(
    "journal-failed",
    `The journal ${path} could not be written: ${reason}.`,
    "Make room there; what is stored already is not stored again.",
    cause,
  );
}
