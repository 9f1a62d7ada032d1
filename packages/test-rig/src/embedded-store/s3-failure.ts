/** An answer of S3's kind: an HTTP status, a code that clients know, and a message. */
export class S3Failure extends Error {
  override readonly name = "S3Failure";
  readonly status: number;
  readonly code: string;
  /** Sent besides the usual ones, such as `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
