import { type Fault, type FaultRule, S3Failure } from "@backuppc-archive-s3/test-rig";

/** A fault by its row in the table, and which requests it strikes. */
export interface Row {
  readonly what: string;
  readonly rule: FaultRule;
  /** Nobody can see it where it comes each time: less is shown then, and nothing may be lost. */
  readonly unseen?: true;
}

const refusal = (status: number, code: string, headers: Record<string, string> = {}): S3Failure =>
  new S3Failure(status, code, "No.", headers);

function rowsOf(faults: Readonly<Record<string, Fault>>, rule: Omit<FaultRule, "fault">): Row[] {
  return Object.entries(faults).map(([what, fault]) => ({ what, rule: { ...rule, fault } }));
}

/** Of any request. */
const ANSWERS: Readonly<Record<string, Fault>> = {
  "the connection is reset before the answer": "cut",
  "the answer is lost": "lose-answer",
  "reset amid the answer's headers": "cut-headers",
  "no answer ever": "hang",
  "a web page with status 200": "portal",
  "204 without a body": "no-content",
  "200 without a body": "empty",
  "200 with the XML of an error": "error-body",
  "301 with a web page": "moved",
  "307 TemporaryRedirect": refusal(307, "TemporaryRedirect"),
  "403 AccessDenied": refusal(403, "AccessDenied"),
  "403 RequestTimeTooSkewed": refusal(403, "RequestTimeTooSkewed"),
  "400 ExpiredToken": refusal(400, "ExpiredToken"),
  "429 with Retry-After": refusal(429, "TooManyRequests", { "retry-after": "0" }),
  "500 InternalError": refusal(500, "InternalError"),
  "503 SlowDown": refusal(503, "SlowDown"),
  "507 InsufficientStorage": refusal(507, "InsufficientStorage"),
};

const BODIES: Readonly<Record<string, Fault>> = {
  "reset amid the body": "cut-body",
  "the body trickles": "trickle",
  "half of the body is missing": "truncate",
  "a bit of the body is another": "corrupt",
};

const LISTS: Readonly<Record<string, Fault>> = {
  "a list names its first page as the next": "repeat-token",
  "a list breaks off without a token": "no-token",
  "a list has a key that was not asked for": "foreign-key",
  "a list is in the wrong order": "unordered",
};

/** Of programs that list. */
export const LISTING: readonly Row[] = [
  ...rowsOf(ANSWERS, {}),
  ...rowsOf(LISTS, { operation: "list" }),
  { what: "a list repeats a page", rule: { operation: "list", nth: 2, fault: "repeat-page" } },
  {
    what: "a list leaves out a page",
    rule: { operation: "list", fault: "omit-page" },
    unseen: true,
  },
  { what: "a list is empty", rule: { operation: "list", fault: "no-objects" }, unseen: true },
];

/** Each try brings half of what is left, so it goes on for as long as that. */
const STALL: Row = {
  what: "the rest of the body does not come",
  rule: { operation: "get", times: 1, fault: "stall-body" },
};

/** Of programs that read, too. */
export const READING: readonly Row[] = [...LISTING, ...rowsOf(BODIES, { operation: "get" }), STALL];

/** Of the restore script, which only reads. */
export const RESTORING: readonly Row[] = [
  ...rowsOf(ANSWERS, { operation: "get" }),
  ...rowsOf(BODIES, { operation: "get" }),
  STALL,
];

/** Of archive-host, which only puts. */
export const ARCHIVING: readonly Row[] = [
  ...rowsOf(
    {
      ...ANSWERS,
      "411 MissingContentLength": refusal(411, "MissingContentLength"),
      "412 PreconditionFailed": refusal(412, "PreconditionFailed"),
      "another object's ETag": "wrong-etag",
      "no ETag": "no-etag",
    },
    { operation: "put" },
  ),
];
