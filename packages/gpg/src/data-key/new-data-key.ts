import { randomBytes } from "node:crypto";

/** Bytes: as strong as AES-256. */
const DATA_KEY = 32;

/** A random data key: 64 lower-case hexadecimal digits. */
export function newDataKey(): string {
  return randomBytes(DATA_KEY).toString("hex");
}

/** Whether it has the form of a data key. */
export function isDataKey(text: unknown): text is string {
  return typeof text === "string" && /^[0-9a-f]{64}$/.test(text) && text.length === 2 * DATA_KEY;
}
