/**
 * - `bad-input`: a number, a date or a name of the archive that cannot be one
 * - `no-chunks`: nothing to restore
 * - `bad-chunk`: a length, digest or URL that cannot be one
 * - `bad-decompressor`: a compression that the script may not undo
 * - `bad-index`: a part of the member index without a SHA-256, or members to restore without an index
 * - `bad-data-key`: the data key's message is missing, or is no OpenPGP message
 */
export type RestoreScriptErrorCode =
  "bad-input" | "no-chunks" | "bad-chunk" | "bad-decompressor" | "bad-index" | "bad-data-key";

/** No script can be made of this input. */
export class RestoreScriptError extends Error {
  override readonly name = "RestoreScriptError";
  readonly code: RestoreScriptErrorCode;

  constructor(code: RestoreScriptErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
