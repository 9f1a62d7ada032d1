import type { S3Failure } from "./s3-failure.ts";

/**
 * What goes wrong with one request. An `S3Failure` is the answer in place of the store's. Other than those of
 * {@link CarriedOut}, faults keep what was asked from being done.
 */
export type Fault = S3Failure | Instead | CarriedOut | SpoiltList;

/** In place of the store's answer. */
export type Instead =
  /** The connection is reset before an answer. */
  | "cut"
  /** No answer ever. */
  | "hang"
  /** 200 and a web page, as a captive portal answers anything. */
  | "portal"
  /** 204 without a body, as another kind of portal does. */
  | "no-content"
  /** 200 without a body. */
  | "empty"
  /** 200 and the XML of an error. */
  | "error-body"
  /** 301 and a web page, to another host. */
  | "moved";

/** What was asked is done, and the answer is spoilt. */
export type CarriedOut =
  /** The connection is reset in place of the answer. */
  | "lose-answer"
  /** It is reset in the middle of the answer's headers. */
  | "cut-headers"
  /** It is reset in the middle of the answer's body. */
  | "cut-body"
  /** The second half of the body never comes. */
  | "stall-body"
  /** The body comes in five pieces with pauses. */
  | "trickle"
  /** The second half of the body is left out, and the length says so. */
  | "truncate"
  /** One bit in the middle of the body is another. */
  | "corrupt"
  /** The ETag is another object's. */
  | "wrong-etag"
  /** There is no ETag. */
  | "no-etag";

/** Of a list alone. */
export type SpoiltList =
  /** The first page comes in place of the one that was asked for. */
  | "repeat-page"
  /** The page after the one that was asked for comes in its place. */
  | "omit-page"
  /** The next page is this one again. */
  | "repeat-token"
  /** There are more pages, and no token for the next. */
  | "no-token"
  /** Whether there are more pages is neither true nor false. */
  | "odd-truncated"
  /** It is an empty one of another prefix. */
  | "other-prefix"
  /** It has a key that does not begin with the prefix. */
  | "foreign-key"
  /** The keys are in the wrong order. */
  | "unordered"
  /** The objects are left out, and it says that it is whole. */
  | "no-objects"
  /** It does not say how long its objects are. */
  | "no-size"
  /** Its objects have a length that is no number. */
  | "bad-size"
  /** It does not say when its objects were stored. */
  | "no-time"
  /** Its objects have a time that is none. */
  | "bad-time"
  /** Its objects have no names. */
  | "no-key"
  /** Its names are not as they should be encoded. */
  | "bad-key"
  /** Its names are as they are, although they were asked for url-encoded; it does not say that they are encoded. */
  | "plain-keys";
