/** A request, as {@link createRequester} sends it. */
export interface OutgoingRequest {
  /** `https:` or `http:` */
  readonly protocol: string;
  /** An IPv6 address may stand in brackets. */
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** With `Expect`, a large body is sent only when the store wants it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: OutgoingBody;
}

/** Whole, or in pieces that are asked for when they can be sent. */
export type OutgoingBody = Uint8Array | string | AsyncIterable<Uint8Array> | undefined;
