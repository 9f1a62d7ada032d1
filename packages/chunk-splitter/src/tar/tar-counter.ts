import type { Member } from "./member.ts";

/** Folders, GNU's listed folders, and the name of a volume. */
const NO_FILES = new Set(["5", "D", "V"]);

/** Counts members. */
export class TarCounter {
  #members = 0;
  #files = 0;
  #hardLinks = 0;
  #bytes = 0;

  add({ type, size }: Member): void {
    this.#members += 1;
    if (NO_FILES.has(type)) return;
    this.#files += 1;
    if (type === "1") this.#hardLinks += 1;
    this.#bytes += size;
  }

  count(): Omit<TarCount, "ended" | "damagedAt"> {
    return {
      members: this.#members,
      files: this.#files,
      hardLinks: this.#hardLinks,
      bytes: this.#bytes,
    };
  }
}

/** What has been counted of a tar stream. */
export interface TarCount {
  /** Members of every type. */
  readonly members: number;
  /** Members other than folders: files, links, devices, pipes. */
  readonly files: number;
  /** Hard links among them. */
  readonly hardLinks: number;
  /** Bytes of all files' contents. */
  readonly bytes: number;
  /** The two blocks of zeros that end a tar were seen. */
  readonly ended: boolean;
  /** Where the stream stops being a tar, in bytes; undefined if it does not. */
  readonly damagedAt: number | undefined;
}
