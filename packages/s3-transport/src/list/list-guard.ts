import { unconfirmed } from "../failure/unconfirmed.ts";
import type { S3Location } from "../s3-location.ts";
import type { StoreError } from "../store-error.ts";
import { keyIn } from "./read-entry.ts";

/** What a page of a list says, as far as it is to be checked. */
export interface Page {
  /** Undefined where the answer was no list. */
  readonly truncated: boolean | undefined;
  readonly keys: readonly string[];
  /** Of each key, in a list of versions; a key may then stand there again with another one. */
  readonly versions?: readonly string[];
  /** Names the next page. */
  readonly next: string | undefined;
}

/** What a list is of, as it says itself; not all stores do. */
interface Answered {
  readonly Prefix?: string | undefined;
  readonly EncodingType?: string | undefined;
}

/** Pages in a row without a key; S3 may send some where much was deleted. */
const MOST_EMPTY = 1000;

/**
 * Takes no list on trust: a wrong one would show archives as lost and chunks as garbage. A page must be a list, its
 * keys behind those of the page before and below the prefix, and a page that is not the last names another one.
 */
export class ListGuard {
  readonly #doing: string;
  readonly #location: S3Location;
  readonly #prefix: string;
  /** Versions of the last key. */
  readonly #versions = new Set<string>();
  #last: string | undefined;
  #next: string | undefined;
  #empty = 0;

  /** @param options `doing`: for messages; `after`: the key that the list begins behind */
  constructor(
    location: S3Location,
    prefix: string,
    { doing = `listing ${prefix}`, after = undefined as string | undefined } = {},
  ) {
    this.#doing = doing;
    this.#location = location;
    this.#prefix = prefix;
    this.#last = after;
  }

  /** @returns the name of the next page, undefined after the last @throws {StoreError} code `unconfirmed` */
  check({ truncated, keys, versions, next }: Page): string | undefined {
    if (truncated === undefined) throw this.#wrong("the answer was no list");
    for (const [at, key] of keys.entries()) this.#checkKey(key, versions?.[at]);
    this.#empty = keys.length === 0 ? this.#empty + 1 : 0;
    if (!truncated) return undefined;
    if (next === undefined || next === "")
      throw this.#wrong("the list ends before its end, and names no next page");
    if (next === this.#next) throw this.#wrong("the list names the same page again as the next");
    if (this.#empty > MOST_EMPTY) throw this.#wrong("the list has page after page without a key");
    this.#next = next;
    return next;
  }

  /** A cache that knows one list from another by half of its address may answer with one of another prefix, and without a key. */
  checkPrefix({ Prefix = "", EncodingType }: Answered): void {
    if (Prefix !== "" && Prefix !== this.#prefix && keyIn(Prefix, EncodingType) !== this.#prefix)
      throw this.#wrong(`the answer is a list of another prefix, ${JSON.stringify(Prefix)}`);
  }

  #checkKey(key: string, version: string | undefined): void {
    if (!key.startsWith(this.#prefix))
      throw this.#wrong("the list has keys that it was not asked for");
    const last = this.#last;
    const isOther = version !== undefined && key === last && !this.#versions.has(version);
    if (last !== undefined && !isOther && !isBehind(key, last))
      throw this.#wrong("the list is not in the order of its keys, or repeats some");
    if (key !== last) this.#versions.clear();
    if (version !== undefined) this.#versions.add(version);
    this.#last = key;
  }

  /** Of an entry that `readEntry` cannot read. */
  unreadable(): StoreError {
    return this.#wrong("the list has an object without a key, a size or a time");
  }

  #wrong(problem: string): StoreError {
    return unconfirmed(this.#doing, problem, this.#location);
  }
}

/** In the order of UTF-8, or of UTF-16 as some stores have it: they differ in rare characters only. */
function isBehind(key: string, last: string): boolean {
  return key > last || Buffer.compare(Buffer.from(key), Buffer.from(last)) > 0;
}
