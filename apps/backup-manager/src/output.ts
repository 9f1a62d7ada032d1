/** A whole text, or its pieces, which may be made while they are written. */
export type ResultText = string | Iterable<string>;

/** Where a command's words go. Commands print nothing else. */
export interface Output {
  /** Whether a person is to read the result on a terminal. */
  readonly isTerminal?: boolean;
  /** The result, on stdout, whole or in pieces. @throws {ManagerError} code `output-failed`, so that a full disk is no success */
  result(text: ResultText): Promise<void>;
  /** One line for the user, on stderr. */
  note(line: string): void;
  /** How far it is, in place of what was said last; `""` takes it away. Shown on a terminal only. */
  progress(line: string): void;
}

export function wholeText(text: ResultText): string {
  return typeof text === "string" ? text : [...text].join("");
}
