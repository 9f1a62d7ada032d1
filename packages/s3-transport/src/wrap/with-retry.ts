import type {
  CallOptions,
  GetOptions,
  ListOptions,
  ObjectStore,
  StoredObject,
} from "../object-store.ts";
import { type RetryOptions, Tries } from "./tries.ts";

/**
 * Tries what failed again, where that can help: throttling, faults of the
 * store, lost connections; once, and at once, what the client has corrected. A
 * list, and what is read of an object, goes on behind what has come.
 *
 * A conditional put that finds its key taken after a try without an answer throws `exists`
 * all the same, but not `answered`: only the caller knows whether another could have taken it.
 */
export function withRetry(store: ObjectStore, options: RetryOptions = {}): ObjectStore {
  const retried = <T>(call: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> =>
    retry(call, signal, options);
  return {
    put: (key, body, call) => retried(() => store.put(key, body, call), call),
    get: (key, call) => getAgain(store, key, call, options),
    list: (prefix, call) => listAgain(store, prefix, call, options),
    delete: (keys, call) => retried(() => store.delete(keys, call), call),
    now: () => store.now(),
  };
}

/** Tries a call again as long as that can help. */
export async function retry<T>(
  call: () => Promise<T>,
  signal: AbortSignal | undefined,
  options: RetryOptions,
): Promise<T> {
  const tries = new Tries(signal, options);
  for (;;) {
    try {
      return await call();
    } catch (error) {
      await tries.failed(error);
    }
  }
}

/** Begins again as long as that can help; `begin` goes on behind what has come. */
export async function* resumed<Item>(
  begin: () => AsyncIterable<Item> | Promise<AsyncIterable<Item>>,
  signal: AbortSignal | undefined,
  options: RetryOptions,
): AsyncGenerator<Item> {
  const tries = new Tries(signal, options);
  for (;;) {
    try {
      for await (const item of await begin()) {
        tries.progressed();
        yield item;
      }
      return;
    } catch (error) {
      await tries.failed(error);
    }
  }
}

async function getAgain(
  store: ObjectStore,
  key: string,
  call: GetOptions = {},
  options: RetryOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const { signal } = call;
  let first: AsyncIterable<Uint8Array> | undefined;
  first = await retry(async () => await store.get(key, call), signal, options);
  let { from = 0 } = call;
  return resumed(
    async () => {
      const body = first ?? (await store.get(key, { ...call, from }));
      first = undefined;
      return counting(body, (length) => (from += length));
    },
    signal,
    options,
  );
}

async function* counting(
  body: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) {
    count(bytes.length);
    yield bytes;
  }
}

function listAgain(
  store: ObjectStore,
  prefix: string,
  call: ListOptions = {},
  options: RetryOptions,
): AsyncIterable<StoredObject> {
  let { after } = call;
  const begin = async function* (): AsyncGenerator<StoredObject> {
    for await (const object of store.list(prefix, {
      ...call,
      ...(after !== undefined && { after }),
    })) {
      after = object.key;
      yield object;
    }
  };
  return resumed(begin, call.signal, options);
}
