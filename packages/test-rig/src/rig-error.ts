/** What keeps the rig from working, in the few kinds that differ in their remedy. */
export type RigErrorCode =
  "missing" | "not-root" | "not-ours" | "program-failed" | "not-ready" | "refused" | "busy";

/** A real part that cannot be installed, started or driven: one line, and what to do about it. */
export class RigError extends Error {
  override readonly name = "RigError";
  readonly code: RigErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(
    code: RigErrorCode,
    message: string,
    details: { readonly hint: string; readonly cause?: unknown },
  ) {
    super(`${message} ${details.hint}`.trim(), { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}
