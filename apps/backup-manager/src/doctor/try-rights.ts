import { randomBytes } from "node:crypto";
import { bytesBody, type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";

/** How each thing ended that was tried; undefined: well. */
export interface TriedRights {
  readonly list: unknown;
  readonly put: unknown;
  /** Of what no manager needs to store. */
  readonly putOthers: unknown;
  /** `untried` if nothing is there that could be read. */
  readonly get: unknown;
  readonly delete: unknown;
}

/** Objects that the doctor may store: canaries, which `gc` deletes in time where this key may not. */
export interface ProbeKeys {
  readonly probe: string;
  /** Of an object that is put with a wrong digest: a store that checks digests keeps none. */
  readonly wrongDigest: string;
  /** Not of a name that a manager may store. */
  readonly other: string;
}

export const UNTRIED = new Error("nothing is stored yet that could be read");

/** Names that nothing has yet. */
export function newProbeKeys(): ProbeKeys {
  const series = randomBytes(8).toString("hex");
  const canary = `uploaders/doctor/doctor/canary.${series}`;
  return {
    probe: `${canary}.1.claim`,
    wrongDigest: `${canary}.2.claim`,
    other: `uploaders/doctor/doctor/probe.${series}`,
  };
}

/** Lists, and returns the first key that it shows. */
export async function tryList(
  store: ObjectStore,
): Promise<{ readonly error: unknown; readonly first: string | undefined }> {
  let first: string | undefined;
  const error = await errorOf(async () => {
    for await (const { key } of store.list("archives/")) {
      first = key;
      break;
    }
  });
  return { error, first };
}

/** @param key of an object that may be there */
export async function tryPut(store: ObjectStore, key: string): Promise<unknown> {
  return await errorOf(async () => {
    await store.put(key, bytesBody(randomBytes(16)), { onlyIfAbsent: true });
  });
}

export async function tryGet(store: ObjectStore, key: string | undefined): Promise<unknown> {
  if (key === undefined) return UNTRIED;
  return await errorOf(async () => {
    for await (const _ of await store.get(key)) break;
  });
}

export async function tryDelete(store: ObjectStore, key: string): Promise<unknown> {
  return await errorOf(async () => {
    const [failure] = await store.delete([key]);
    if (failure !== undefined) throw new NotDeleted(failure.key, failure.reason);
  });
}

/** The store has answered for each object by itself. */
class NotDeleted extends Error {
  readonly reason: string;

  constructor(key: string, reason: string) {
    super(`${key} stays: ${reason}`);
    this.reason = reason;
  }
}

/** The store is there, but this key may not. */
export function isDenial(error: unknown): boolean {
  if (error instanceof NotDeleted) return /access\s*denied|forbidden|403/i.test(error.reason);
  return error instanceof StoreError && error.code === "denied";
}

export async function errorOf(attempt: () => Promise<void>): Promise<unknown> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error ?? new Error("unknown");
  }
}
