/** Why a tar could not be cut. */
export type CutErrorCode = "invalid-input";

/** An option, or a piece of the stream, that cannot be worked with. Nothing was guessed in its place. */
export class CutError extends Error {
  override readonly name = "CutError";
  readonly code: CutErrorCode;

  constructor(code: CutErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
