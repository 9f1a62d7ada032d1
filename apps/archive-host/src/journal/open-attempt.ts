import { newAttemptId } from "@backuppc-archive-s3/backup-catalog";
import { Journal } from "./journal.ts";
import { type AttemptSettings, type JournaledChunk, newJournalHead } from "./journal-format.ts";
import { readJournal } from "./read-journal.ts";

/** One attempt to take a backup off-site, new or resumed. */
export interface Attempt {
  readonly id: string;
  readonly started: Date;
  readonly journal: Journal;
  /** The chunks that are stored already, by their index. */
  readonly stored: ReadonlyMap<number, JournaledChunk>;
}

/**
 * Goes on with the attempt that the journal tells of, if it was made with the
 * same settings from the same backup; else begins a new one, and says why.
 */
export async function openAttempt(
  journalFile: string,
  settings: AttemptSettings,
  say: (line: string) => void,
): Promise<Attempt> {
  const reading = await readJournal(journalFile, settings);
  if (reading !== undefined && "attempt" in reading) {
    const { head, stored } = reading.attempt;
    const journal = await Journal.goOn(journalFile);
    return { id: head.attempt, started: new Date(head.started), journal, stored };
  }
  if (reading !== undefined) say(`a new attempt: ${reading.why}`);
  return await beginAttempt(journalFile, settings);
}

export async function beginAttempt(
  journalFile: string,
  settings: AttemptSettings,
): Promise<Attempt> {
  const started = new Date();
  const id = newAttemptId(started);
  const head = newJournalHead({ attempt: id, started: started.toISOString(), settings });
  return { id, started, journal: await Journal.begin(journalFile, head), stored: new Map() };
}
