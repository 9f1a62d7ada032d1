import { buffer } from "node:stream/consumers";
import { checkPut } from "../check/check-call.ts";
import type { ListOptions, ObjectBody, PutOptions } from "../object-store.ts";
import { piecesOf } from "../put/pieces-of.ts";
import { StoreError } from "../store-error.ts";

/** A copy of the body, taken at the pace that is asked for. */
export async function received(
  key: string,
  body: ObjectBody,
  options: PutOptions,
): Promise<Buffer> {
  checkPut(key, body, options);
  options.signal?.throwIfAborted();
  const copy = await buffer(piecesOf(body.bytes, options));
  options.signal?.throwIfAborted();
  return copy;
}

/** A store's clock, which nobody knows before its first answer. */
export class AnswerClock {
  readonly #now: () => Date;
  #answered = false;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The time of an answer that is being given. */
  answer(): Date {
    this.#answered = true;
    return this.#now();
  }

  /** As `ObjectStore.now`. */
  now(): Date | undefined {
    return this.#answered ? this.#now() : undefined;
  }
}

/** The keys that start with `prefix`, in the order of their UTF-8 bytes. */
export function sortedKeys(
  objects: ReadonlyMap<string, unknown>,
  prefix: string,
  { after = "" }: ListOptions = {},
): string[] {
  const order = (one: string, other: string): number =>
    Buffer.compare(Buffer.from(one), Buffer.from(other));
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && order(key, after) > 0);
  return keys.toSorted(order);
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export function refusal(code: "exists" | "not-found", key: string): StoreError {
  const is = code === "exists" ? "is there already" : "is not there";
  return new StoreError(code, `${key} ${is}.`, { permanent: true });
}
