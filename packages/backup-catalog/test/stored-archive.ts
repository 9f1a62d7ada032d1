import { createHash } from "node:crypto";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import {
  type ArchiveId,
  type ArchiveWriter,
  type ChunkEntry,
  chunkName,
  type Commit,
  type Head,
  newAttemptId,
  openArchiveWriter,
  startOfAttempt,
  sumsOf,
  type Trust,
} from "../src/index.ts";

export const ID: ArchiveId = {
  host: "web.example.com",
  number: 7,
  attempt: "20261122T031500Z-5f3a9c",
};

export const SIGNER = "5161".repeat(10);

/** Trusts what {@link signed} makes, and takes archives without encryption. */
export const TRUST: Trust = {
  verifier: {
    verify: async (bytes, signature) =>
      Buffer.from(signature).equals(signed(bytes)) ? SIGNER : undefined,
  },
  allowPlaintext: true,
  filters: [],
};

/** What stands for a signature here: nobody else makes the same. */
export function signed(bytes: Uint8Array): Buffer {
  return createHash("sha256").update("signed").update(bytes).digest();
}

export interface ArchiveOptions {
  readonly id?: ArchiveId;
  /** Chunks that this attempt uploads; 3 unless given. */
  readonly chunks?: number;
  /** Chunks of earlier archives that it names before its own. */
  readonly reused?: readonly ChunkEntry[];
  readonly sourceErrors?: number;
  readonly uploader?: string;
  readonly encrypted?: boolean;
  readonly sign?: (bytes: Uint8Array) => Uint8Array;
  /** Unless true, an archive ends with its marker. */
  readonly withoutMarker?: boolean;
}

export interface StoredArchive {
  readonly head: Head;
  readonly chunks: readonly ChunkEntry[];
}

/** Stores an archive whole, with its chunks. */
export async function storeArchive(
  store: ObjectStore,
  options: ArchiveOptions = {},
): Promise<StoredArchive> {
  const writer = openArchiveWriter(store);
  const commit = await prepareArchive(store, writer, options);
  const stop = new Error("stopped before the marker");
  let head: Head | undefined;
  const onHeadStored = (stored: Head): void => {
    head = stored;
    if (options.withoutMarker === true) throw stop;
  };
  await writer.commit({ ...commit, onHeadStored }).catch((error: unknown) => {
    if (error !== stop) throw error;
  });
  if (head === undefined) throw new Error("The archive has no head.");
  return { head, chunks: commit.manifest.chunks };
}

/** Begins an archive and stores all that comes before the commit. */
export async function prepareArchive(
  store: ObjectStore,
  writer: ArchiveWriter,
  options: ArchiveOptions = {},
): Promise<Commit> {
  const { id = ID, chunks = 3, reused = [], encrypted = true, sign = signed } = options;
  const started = startOfAttempt(id.attempt)?.toISOString() ?? "";
  const about = { tool: "test 1.0", uploader: options.uploader ?? "server-1" };
  await writer.begin({ ...id, format: 1, started, ...about });
  const own = Array.from({ length: chunks }, (_, index) => chunkOf(id, index + 1));
  for (const { name } of own)
    await store.put(writer.chunkKey(id.host, name), bytesBody(Buffer.from(textOf(name))));
  const entries = inOrder([...reused, ...own]);
  if (encrypted) await writer.putKey(id, 1, Buffer.from("data key"));
  const members = await writer.putMembers(id, 1, Buffer.from("members"), { encrypted });
  const manifest = { ...id, format: 1 as const, tarBytes: entries.length * 1000, chunks: entries };
  const plain = entries.map(({ name }) => sha256(`plain ${name}`));
  return {
    manifest,
    sums: Buffer.from(sumsOf(manifest, plain, [members], encrypted)),
    memberDigests: [members],
    sign: async (bytes) => sign(bytes),
    head: {
      ...id,
      format: 1,
      started,
      ...about,
      finished: started,
      members: 9,
      sourceErrors: options.sourceErrors ?? 0,
      compression: { suffix: ".gz", name: "gzip" },
      encryption: encrypted ? { passphrase: true, recipients: [], subkeys: [] } : null,
    },
  };
}

/** An archive's id by its start. */
export function startedOf(
  host: string,
  number: number,
  started: Date,
): { readonly id: ArchiveId; readonly started: Date } {
  return { id: { host, number, attempt: newAttemptId(started) }, started };
}

/** A chunk of this attempt, as {@link storeArchive} stores it. */
export function chunkOf({ attempt }: ArchiveId, index: number): ChunkEntry {
  const name = chunkName(attempt, index, ".gz.gpg");
  const text = textOf(name);
  return { name, tarOffset: 0, tarLength: 1000, storedLength: text.length, sha256: sha256(text) };
}

export async function keysOf(store: ObjectStore, prefix = ""): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

function textOf(name: string): string {
  return `chunk ${name}`;
}

function inOrder(chunks: readonly ChunkEntry[]): ChunkEntry[] {
  return chunks.map((chunk, index) => ({ ...chunk, tarOffset: index * 1000 }));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
