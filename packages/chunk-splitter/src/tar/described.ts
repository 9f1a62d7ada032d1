import { type ExtensionReader, LongNameReader, untilNul } from "./extension.ts";
import type { Header } from "./header.ts";
import type { Member } from "./member.ts";
import { PaxReader, type PaxRecords } from "./pax-reader.ts";

/** Types that have no content, whatever size their header states. */
const WITHOUT_CONTENT = new Set(["1", "2", "3", "4", "5", "6"]);
const SLASH = 0x2f;

/** What extended headers have said of the next member, and of all that follow. */
export class Described {
  readonly #global: PaxRecords = new Map();
  #local: PaxRecords = new Map();
  #path: Uint8Array | undefined;
  #link: Uint8Array | undefined;

  /** A reader for the content of an extended header; undefined if the type is that of a member. */
  extensionReader(type: string): ExtensionReader | undefined {
    if (type === "x" || type === "X") return new PaxReader(this.#local);
    if (type === "g") return new PaxReader(this.#global);
    if (type === "L") return new LongNameReader((name) => (this.#path = name));
    if (type === "K") return new LongNameReader((name) => (this.#link = name));
    return undefined;
  }

  /** Bytes of content, without padding, that follow the header of the next member. */
  contentLength(header: Header): number {
    return WITHOUT_CONTENT.has(header.type) ? 0 : (this.#number("size") ?? header.size);
  }

  /** The next member; then all that was said of it alone is forgotten. */
  member(header: Header, offset: number, length: number): Member {
    const path = this.#name("GNU.sparse.name") ?? this.#name("path") ?? this.#path ?? header.path;
    const link = this.#name("linkpath") ?? this.#link ?? header.link;
    const size = this.#size(header);
    const member = {
      offset,
      length,
      type: typeOf(header.type, path, size),
      mode: header.mode,
      uid: this.#number("uid") ?? header.uid,
      gid: this.#number("gid") ?? header.gid,
      mtime: this.#mtime() ?? header.mtime,
      size,
      path,
    };
    this.#forget();
    return link.length > 0 ? { ...member, link } : member;
  }

  #forget(): void {
    if (this.#local.size > 0) this.#local = new Map();
    this.#path = undefined;
    this.#link = undefined;
  }

  #size(header: Header): number {
    const sparse = this.#number("GNU.sparse.realsize") ?? this.#number("GNU.sparse.size");
    return sparse ?? header.sparse?.size ?? this.contentLength(header);
  }

  /** An empty record takes back what a global one or the header says. */
  #record(key: string): Uint8Array | undefined {
    const value = this.#local.get(key) ?? this.#global.get(key);
    return value === undefined || value.length === 0 ? undefined : value;
  }

  #name(key: string): Uint8Array | undefined {
    const value = this.#record(key);
    return value && untilNul(value);
  }

  #number(key: string): number | undefined {
    const text = this.#text(key);
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  /** Rounded down by its digits: as one number, the last moment of a second would be the next second. */
  #mtime(): number | undefined {
    const text = this.#text("mtime") ?? "";
    const [, whole, fraction = ""] = /^(-?\d{1,15})(?:\.(\d*))?$/.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const isBelow = whole.startsWith("-") && /[1-9]/.test(fraction);
    return isBelow ? Number(whole) - 1 : Number(whole);
  }

  #text(key: string): string | undefined {
    const value = this.#record(key);
    return value && Buffer.from(value.subarray(0, 64)).toString("latin1");
  }
}

/** Old tars have no type for a folder: it is an empty file whose name ends with a slash. */
function typeOf(type: string, path: Uint8Array, size: number): string {
  return type === "0" && size === 0 && path.at(-1) === SLASH ? "5" : type;
}
