import type { Member } from "./member.ts";
import type { TarCount } from "./tar-count.ts";

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
