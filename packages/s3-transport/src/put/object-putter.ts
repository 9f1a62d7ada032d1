import type { S3Client } from "@aws-sdk/client-s3";
import { checkPut } from "../check/check-call.ts";
import type { StoreClock } from "../client/store-clock.ts";
import { kindOf } from "../failure/failure-kinds.ts";
import { readFailure } from "../failure/read-failure.ts";
import { failureOf } from "../failure/store-failure.ts";
import { createRequester, type Requester } from "../http/requester.ts";
import type { ObjectBody, PutOptions, PutReceipt } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { confirmPut } from "./confirm-put.ts";
import { piecesOf } from "./pieces-of.ts";
import { type PutAnswer, readAnswer } from "./put-answer.ts";
import { putHeaders } from "./put-headers.ts";
import { putRequest } from "./put-request.ts";
import { type PutTarget, putTarget } from "./put-target.ts";
import { SigningClock } from "./signing-clock.ts";

/** Stores objects, each by one PutObject, and asks for no other right. */
export class ObjectPutter {
  readonly #location: S3Location;
  readonly #connect: () => Promise<S3Client>;
  readonly #clock: StoreClock;
  readonly #signingClock = new SigningClock();
  readonly #requester: Requester;
  #target: PutTarget | undefined;

  /** @param connect the SDK's client, for what the location leaves to it */
  constructor(location: S3Location, connect: () => Promise<S3Client>, clock: StoreClock) {
    this.#location = location;
    this.#connect = connect;
    this.#clock = clock;
    const { connections = 4, timeLimits, proxyFor, authorities } = location;
    this.#requester = createRequester(connections, timeLimits, proxyFor, authorities);
  }

  /** Ends its connections. */
  close(): void {
    this.#requester.close();
  }

  async put(key: string, body: ObjectBody, options: PutOptions = {}): Promise<PutReceipt> {
    checkPut(key, body, options);
    const location = this.#location;
    const pieces = new Pieces(body.bytes, options);
    try {
      options.signal?.throwIfAborted();
      const answer = await this.#send(key, body, pieces, options);
      confirmPut(answer, { key, body, location });
      this.#clock.learn(answer.headers.date);
      return receiptOf(answer);
    } catch (error) {
      pieces.throwIfFailed();
      await this.#learnFrom(error);
      throw failureOf(error, `storing ${key}`, location, options.signal);
    }
  }

  async #send(
    key: string,
    body: ObjectBody,
    pieces: Pieces,
    options: PutOptions,
  ): Promise<PutAnswer> {
    this.#target ??= await putTarget(this.#location, this.#connect);
    // Until the store's time is known, a lock's days begin by our own clock.
    const now = this.#clock.now() ?? new Date();
    const headers = putHeaders(body, this.#location, { ...options, now });
    const date = this.#signingClock.now();
    const request = await putRequest(this.#target, key, { headers, body: pieces, date });
    return await readAnswer(await this.#requester.send(request, options.signal));
  }

  /** What a refusal says of the time and of the keys. The put is not repeated here. */
  async #learnFrom(error: unknown): Promise<void> {
    const { name, status, date } = readFailure(error);
    this.#signingClock.correct(date);
    // The store has looked, as no captive portal does.
    if (status === 412) this.#clock.learn(date?.toUTCString());
    if (kindOf(name, status).code === "expired-credentials") await this.#target?.credentials(true);
  }
}

function receiptOf({ headers }: PutAnswer): PutReceipt {
  const versionId = headers["x-amz-version-id"];
  // "null" is the version of all that is put while versions are not kept: it names no bytes in particular.
  return typeof versionId !== "string" || versionId === "null" ? {} : { versionId };
}

/** A body in pieces, and why they ended too soon. */
class Pieces implements AsyncIterable<Uint8Array> {
  readonly #bytes: Uint8Array;
  readonly #options: PutOptions;
  readonly #failures: unknown[] = [];

  constructor(bytes: Uint8Array, options: PutOptions) {
    this.#bytes = bytes;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* piecesOf(this.#bytes, this.#options);
    } catch (error) {
      this.#failures.push(error);
      throw error;
    }
  }

  throwIfFailed(): void {
    for (const failure of this.#failures) throw failure;
  }
}
