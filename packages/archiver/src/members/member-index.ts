import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Member } from "@backuppc-archive-s3/chunk-splitter";
import { LinkTargets } from "./link-targets.ts";
import { memberLine } from "./member-line.ts";

/** Bytes of text in a part. */
const PART = 4_194_304;
/** Parts that may wait for the store before the tar has to. */
const WAITING = 2;

/** Stores a part of the member index, from 1; gives the SHA-256 of what was stored. */
export type StorePart = (part: number, gzipped: Uint8Array) => Promise<string>;

/** The member index, written while the tar is read: some MiB of text are in memory, however many members there are. */
export class MemberIndex {
  readonly #store: StorePart;
  readonly #links = new LinkTargets();
  #lines: Buffer[] = [];
  #bytes = 0;
  #parts = 0;
  readonly #stored: Promise<string>[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;

  constructor(store: StorePart) {
    this.#store = store;
  }

  add(member: Member): void {
    const { type, path, link, offset } = member;
    const target = type === "1" && link !== undefined ? this.#links.find(link) : undefined;
    // A folder can't be linked to, and a link's target is the member with the content.
    if (type !== "1" && type !== "5") this.#links.remember(path, offset);
    const line = memberLine(member, target);
    this.#lines.push(line);
    this.#bytes += line.length;
    if (this.#bytes >= PART) this.#flush();
  }

  /** Waits until there is room for more. @throws what storing a part has thrown */
  async ready(): Promise<void> {
    if (this.#pending > WAITING) await this.#last;
  }

  /** Stores the rest. Gives the digests of all parts, in order. @throws what storing a part has thrown */
  async finish(): Promise<readonly string[]> {
    this.#flush();
    return await Promise.all(this.#stored);
  }

  #flush(): void {
    if (this.#bytes === 0) return;
    const text = Buffer.concat(this.#lines);
    this.#lines = [];
    this.#bytes = 0;
    this.#parts += 1;
    this.#pending += 1;
    const stored = this.#storePart(this.#parts, text, this.#last);
    // Whoever waits for `ready` or `finish` learns of it.
    stored.catch(() => {});
    this.#last = stored;
    this.#stored.push(stored);
  }

  /** One after the other, so that no more than one is compressed at a time. */
  async #storePart(part: number, text: Buffer, earlier: Promise<unknown>): Promise<string> {
    await earlier;
    const digest = await this.#store(part, await promisify(gzip)(text));
    this.#pending -= 1;
    return digest;
  }
}
