import { text } from "node:stream/consumers";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";

/** A store at a time that is soon after the start of the attempts in the tests. */
export function memory(objects = new Map<string, MemoryObject>()): ObjectStore {
  return createMemoryStore(objects, { now: () => new Date("2026-11-22T05:00:00Z") });
}

export async function put(
  store: ObjectStore,
  key: string,
  content: string | Buffer,
): Promise<void> {
  await store.put(key, bytesBody(Buffer.from(content)));
}

export async function textAt(store: ObjectStore, key: string): Promise<string> {
  return await text(await store.get(key));
}
