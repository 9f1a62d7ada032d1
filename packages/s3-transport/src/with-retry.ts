import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions, ObjectStore, StoredObject } from "./object-store.ts";
import { StoreError } from "./store-error.ts";

export interface RetryOptions {
  /** How often a call is tried in all, 8 unless given. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, 500 unless given; each further wait is twice as long, up to 30 s. */
  readonly firstWait?: number;
  /** Waits so many milliseconds; for tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const LONGEST_WAIT = 30_000;

/**
 * Tries what failed again, where that can help: throttling, faults of the
 * store, lost connections. A list is tried again until its first object has come.
 */
export function withRetry(store: ObjectStore, options: RetryOptions = {}): ObjectStore {
  const retried = <T>(call: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> =>
    retry(call, signal, options);
  return {
    put: (key, body, call) => retried(() => store.put(key, body, call), call),
    get: (key, call) => retried(() => store.get(key, call), call),
    list: (prefix, call) => listFromTheStart(() => store.list(prefix, call), retried, call),
    delete: (keys, call) => retried(() => store.delete(keys, call), call),
  };
}

async function retry<T>(
  call: () => Promise<T>,
  signal: AbortSignal | undefined,
  { attempts = 8, firstWait = 500, wait = waitFor }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const hopeless = !(error instanceof StoreError) || error.permanent || attempt >= attempts;
      if (hopeless || signal?.aborted === true) throw error;
      const longest = Math.min(firstWait * 2 ** (attempt - 1), LONGEST_WAIT);
      // Spread, so that connections that failed together don't come back together.
      await wait(longest * (0.5 + Math.random() / 2), signal);
    }
  }
}

async function* listFromTheStart(
  list: () => AsyncIterable<StoredObject>,
  retried: <T>(call: () => Promise<T>, options?: CallOptions) => Promise<T>,
  options?: CallOptions,
): AsyncGenerator<StoredObject> {
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
