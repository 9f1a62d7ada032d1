import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions, ObjectStore } from "../object-store.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";

export interface RetryOptions {
  /** How often a call is tried in all, 8 unless given. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, 500 unless given; each further wait is twice as long, up to 30 s. */
  readonly firstWait?: number;
  /** Waits so many milliseconds; for tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const LONGEST_WAIT = 30_000;
/** What a store may ask for by Retry-After, in milliseconds: a wrong date must not hold an archive up for hours. */
const LONGEST_ASKED = 300_000;

/** The client has corrected its clock or its credentials: one more try tells whether that was enough. */
const CORRECTED: ReadonlySet<StoreErrorCode> = new Set(["clock", "expired-credentials"]);

/**
 * Tries what failed again, where that can help: throttling, faults of the
 * store, lost connections; once, and at once, what the client has corrected. A
 * list is tried again until its first object has come.
 *
 * A conditional put that finds its key taken after a try without an answer throws `exists`
 * all the same, but not `answered`: only the caller knows whether another could have taken it.
 */
export function withRetry(store: ObjectStore, options: RetryOptions = {}): ObjectStore {
  const retried = <T>(call: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> =>
    retry(call, signal, options);
  return {
    put: (key, body, call) => retried(() => store.put(key, body, call), call),
    get: (key, call) => retried(() => store.get(key, call), call),
    list: (prefix, call) => listFromTheStart(() => store.list(prefix, call), retried, call),
    delete: (keys, call) => retried(() => store.delete(keys, call), call),
    now: () => store.now(),
  };
}

/** Tries a call again as long as that can help. */
export async function retry<T>(
  call: () => Promise<T>,
  signal: AbortSignal | undefined,
  { attempts = 8, firstWait = 500, wait = waitFor }: RetryOptions,
): Promise<T> {
  const past: StoreError[] = [];
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof StoreError) || signal?.aborted === true) throw error;
      if (error.code === "exists" && past.some(({ answered }) => !answered))
        throw perhapsOurs(error);
      const corrected = CORRECTED.has(error.code);
      const again = corrected && past.some(({ code }) => code === error.code);
      past.push(error);
      if (error.permanent || again || past.length >= attempts) throw error;
      if (!corrected) await wait(waitAfter(error, past.length, firstWait), signal);
    }
  }
}

function waitAfter({ retryAfter = 0 }: StoreError, failures: number, firstWait: number): number {
  const longest = Math.min(firstWait * 2 ** (failures - 1), LONGEST_WAIT);
  // Spread, so that connections that failed together don't come back together.
  const backOff = longest * (0.5 + Math.random() / 2);
  return Math.max(backOff, Math.min(retryAfter, LONGEST_ASKED));
}

function perhapsOurs({ code, message, permanent }: StoreError): StoreError {
  const hint = "An earlier try had no answer: what is there may well be what it stored.";
  return new StoreError(code, message, { hint, permanent, answered: false });
}

/** Begins a list again until its first item has come. */
export async function* listFromTheStart<Item>(
  list: () => AsyncIterable<Item>,
  retried: <T>(call: () => Promise<T>, options?: CallOptions) => Promise<T>,
  options?: CallOptions,
): AsyncGenerator<Item> {
  const { objects, first } = await retried(async () => {
    const iterator = list()[Symbol.asyncIterator]();
    return { objects: iterator, first: await iterator.next() };
  }, options);
  try {
    for (let next = first; next.done !== true; next = await objects.next()) yield next.value;
  } finally {
    await objects.return?.();
  }
}

async function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw signal?.reason;
  }
}
