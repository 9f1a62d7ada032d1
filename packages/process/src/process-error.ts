/**
 * What went wrong with a program.
 *
 * - `no-pipe`: no named pipe could be made for its output
 * - `not-started`: it could not be run
 * - `failed`: it ended with a status other than 0, or by a signal
 * - `left-early`: it ended with status 0 before it had read all of its input, or without any output
 */
export type ProcessErrorCode = "no-pipe" | "not-started" | "failed" | "left-early";

/** A program that could not be run, or did not do its work: one line. */
export class ProcessError extends Error {
  override readonly name = "ProcessError";
  readonly code: ProcessErrorCode;

  constructor(code: ProcessErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
