import type { GetOptions, ListOptions, ObjectBody, PutOptions } from "../object-store.ts";
import { demand, isHeaderText, isWhole } from "./demand.ts";

/** Bytes of a key that S3 takes. */
const LONGEST_KEY = 1024;

/**
 * Without a key, a request is one for the bucket itself.
 *
 * @throws {StoreError} code `invalid-input`
 */
export function checkKey(key: string): void {
  const isKey = isWellFormed(key) && key !== "" && Buffer.byteLength(key) <= LONGEST_KEY;
  demand(isKey, `The key is no text of 1 to ${LONGEST_KEY} bytes.`);
}

/** Of objects that are to be deleted. @throws {StoreError} code `invalid-input` */
export function checkKeys(keys: readonly string[]): void {
  demand(Array.isArray(keys), "What is to be deleted is no list.");
  for (const key of keys) checkKey(key);
}

/** @throws {StoreError} code `invalid-input` */
export function checkPut(
  key: string,
  { bytes, sha256, md5 }: ObjectBody,
  { lockUntil, pace, storageClass }: PutOptions = {},
): void {
  checkKey(key);
  demand(bytes instanceof Uint8Array, "The body's bytes are no Uint8Array.");
  demand(isHex(sha256, 64), "The body's sha256 is not 64 lower-case hexadecimal digits.");
  demand(
    md5 === undefined || isHex(md5, 32),
    "The body's md5 is not 32 lower-case hexadecimal digits.",
  );
  demand(
    lockUntil === undefined || (lockUntil instanceof Date && !Number.isNaN(lockUntil.getTime())),
    "lockUntil is no date.",
  );
  demand(
    storageClass === undefined || isHeaderText(storageClass),
    "The storage class is no name of one.",
  );
  demand(pace === undefined || typeof pace === "function", "The pace is no function.");
}

/** @throws {StoreError} code `invalid-input` */
export function checkGet(key: string, { from }: GetOptions = {}): void {
  checkKey(key);
  demand(from === undefined || isWhole(from, 0), `from is no number of bytes: ${String(from)}.`);
}

/** @throws {StoreError} code `invalid-input` */
export function checkList(prefix: string, { after }: ListOptions = {}): void {
  demand(isWellFormed(prefix), "The prefix of a list is no text.");
  demand(after === undefined || isWellFormed(after), "after is no key.");
}

/** Half a surrogate pair has no bytes in UTF-8. */
function isWellFormed(value: unknown): value is string {
  return typeof value === "string" && !/\p{Surrogate}/u.test(value);
}

function isHex(value: unknown, digits: number): boolean {
  return typeof value === "string" && value.length === digits && /^[0-9a-f]*$/.test(value);
}
