import { checkKey } from "../check/check-call.ts";
import type { DeleteFailure, ListOptions, StoredObject } from "../object-store.ts";
import { StoreError } from "../store-error.ts";

/** Turns the keys of a caller, who knows no prefix, into those of the bucket, and back. */
export class KeyPrefix {
  readonly #prefix: string;

  /** @throws {StoreError} code `invalid-input` for what is no key */
  constructor(prefix: string) {
    checkKey(prefix);
    this.#prefix = prefix;
  }

  /** @throws {StoreError} code `invalid-input` for the empty key: the prefix itself is no object's */
  whole(key: string): string {
    checkKey(key);
    return this.#prefix + key;
  }

  /** Lists what is below the prefix. Consoles make an object whose key is the prefix itself: it is left out. */
  async *list<Item extends StoredObject>(
    inner: (whole: string, options?: ListOptions) => AsyncIterable<Item>,
    folder: string,
    { after, ...call }: ListOptions = {},
  ): AsyncGenerator<Item> {
    const whole = this.#prefix + folder;
    const options = { ...call, ...(after !== undefined && { after: this.#prefix + after }) };
    for await (const item of inner(whole, options)) {
      if (!item.key.startsWith(whole)) throw notAskedFor(whole);
      const key = this.#relative(item.key);
      if (key !== "") yield { ...item, key };
    }
  }

  /** One of a key outside of the prefix, which nobody has named, is passed on as it is: no failure may be lost. */
  failures(failures: readonly DeleteFailure[]): DeleteFailure[] {
    return failures.map(({ key, reason }) => ({ key: this.#relative(key), reason }));
  }

  #relative(key: string): string {
    return key.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : key;
  }
}

function notAskedFor(whole: string): StoreError {
  const message = `listing ${whole} failed: the list has keys that it was not asked for.`;
  return new StoreError("unconfirmed", message, { permanent: false, answered: false });
}
