/** `no-chunks`: nothing to restore; `bad-chunk`: a length, digest or URL that can't be one; `bad-name`: of the decompressor. */
export type RestoreScriptErrorCode = "no-chunks" | "bad-chunk" | "bad-name";

/** No script can be made of this input. */
export class RestoreScriptError extends Error {
  override readonly name = "RestoreScriptError";
  readonly code: RestoreScriptErrorCode;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: RestoreScriptErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
