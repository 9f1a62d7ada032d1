/** `unreadable`: the file; `invalid`: what is in it; `exposed`: others can read or change it; `passphrase`: there is none. */
export type SettingsErrorCode = "unreadable" | "exposed" | "invalid" | "passphrase";

/** A configuration that can't be used: one line for each thing wrong with it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly code: SettingsErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(code: SettingsErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
