import type { StoredObject } from "../object-store.ts";

/** An object as a list has it: whatever it is that a store has sent. */
interface Entry {
  readonly Key?: string | undefined;
  /** Bytes. */
  readonly Size?: number | undefined;
  readonly LastModified?: Date | undefined;
}

/**
 * What a list says of an object. Undefined if it leaves something out, or it cannot be read: a size of 0 in its place would
 * be a damaged chunk, and a time of 1970 an old one.
 *
 * @param encoding `EncodingType` of the list: a store that does not say `url` was asked for it and does not know it
 */
export function readEntry(
  { Key, Size, LastModified }: Entry,
  encoding: string | undefined,
): StoredObject | undefined {
  const key = Key === undefined ? undefined : keyIn(Key, encoding);
  if (key === undefined || key === "") return undefined;
  if (Size === undefined || !Number.isSafeInteger(Size) || Size < 0) return undefined;
  if (LastModified === undefined || Number.isNaN(LastModified.getTime())) return undefined;
  return { key, length: Size, modified: LastModified };
}

/** A key as a list has it: with `+` for a space where it is url-encoded, since keys may hold what XML can't. */
export function keyIn(text: string, encoding: string | undefined): string | undefined {
  if (encoding !== "url") return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
