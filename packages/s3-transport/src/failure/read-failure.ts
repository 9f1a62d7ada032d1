/** What an error of the SDK says, without the request that it carries. */
export interface ReadFailure {
  /** The store's name for it, or that of the SDK or of Node. */
  readonly name: string;
  /** HTTP's; undefined where no answer came. */
  readonly status: number | undefined;
  readonly reason: string;
  /** Whether the answer's body is none that S3 knows, such as a proxy's page. */
  readonly foreign: boolean;
  /** Where the store says that the bucket is: a host, a region, or both. */
  readonly elsewhere: string | undefined;
  /** Milliseconds that the store asks to wait. */
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  /** The store's clock. */
  readonly date: Date | undefined;
}

/** What the SDK adds for programmers. */
const ADVICE = /\n\s*Deserialization error: .*$/s;

export function readFailure(error: unknown): ReadFailure {
  const headers = field(field(error, "$response"), "headers");
  const code = text(field(error, "code"));
  const status = isLost(code)
    ? Number.NaN
    : Number(field(field(error, "$metadata"), "httpStatusCode"));
  const name = text(field(error, "name")) ?? "Error";
  const message = error instanceof Error ? error.message : String(error);
  return {
    // Node names its own by `code` alone.
    name: name === "Error" && code !== undefined ? code : name,
    status: Number.isNaN(status) ? undefined : status,
    reason: message.replace(ADVICE, "") || code || name,
    // What the SDK could not read, it keeps there.
    foreign: text(field(error, "$responseBodyText")) !== undefined,
    elsewhere: elsewhereIn(error, headers),
    retryAfterMs: milliseconds(text(field(headers, "retry-after"))),
    requestId: text(field(headers, "x-amz-request-id")),
    date: instant(text(field(headers, "date"))),
  };
}

/** A connection that was lost amid an answer: what it said so far, its status too, is no answer. */
function isLost(code: string | undefined): boolean {
  return code === "ECONNRESET" || code === "EPIPE";
}

function elsewhereIn(error: unknown, headers: unknown): string | undefined {
  const location = text(field(headers, "location")) ?? "";
  const host = URL.canParse(location) ? new URL(location).host : text(field(error, "Endpoint"));
  const region = text(field(headers, "x-amz-bucket-region"));
  const places = [...(host ? [host] : []), ...(region ? [`region ${region}`] : [])];
  return places.length === 0 ? undefined : places.join(", ");
}

/** Seconds, or a date. */
function milliseconds(after: string | undefined): number | undefined {
  if (after === undefined) return undefined;
  if (/^\d+$/.test(after)) return Number(after) * 1000;
  const until = instant(after);
  return until === undefined ? undefined : Math.max(0, until.getTime() - Date.now());
}

function instant(date: string | undefined): Date | undefined {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? undefined : new Date(time);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether the store answered with an error of this name, such as `NoSuchKey`. */
export function isErrorOf(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
