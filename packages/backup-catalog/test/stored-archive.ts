import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { type ArchiveId, type Manifest, openCatalog } from "../src/index.ts";
import { ID, startedOf } from "./archive-of-three.ts";

/** Stores a whole archive, chunks and all: `chunks` of them, each holding its own number as text. */
export async function storeArchive(
  store: ObjectStore,
  { id = ID, chunks = 3, prefix = "", sourceErrors = 0 }: StoredArchiveOptions = {},
): Promise<Manifest> {
  const catalog = openCatalog(store, { prefix });
  await catalog.begin(startedOf(id));
  const entries = [];
  for (let index = 1; index <= chunks; index++) {
    const key = catalog.chunkKey(id, index, ".gz.gpg");
    const body = bytesBody(Buffer.from(`chunk ${index}`));
    await store.put(key, body);
    const { length: storedLength, sha256 } = body;
    entries.push({ key, tarOffset: (index - 1) * 512, tarLength: 512, storedLength, sha256 });
  }
  const about = {
    compression: { suffix: ".gz", name: "gzip" },
    encryption: { symmetric: true, recipients: [] },
    tarBytes: chunks * 512,
  };
  const manifest = { ...id, format: 1 as const, ...about, chunks: entries };
  const storedBytes = entries.reduce((sum, { storedLength }) => sum + storedLength, 0);
  const finished = "2026-11-22T03:45:00.000Z";
  const marker = { ...startedOf(id), ...about, finished, chunks, storedBytes, sourceErrors };
  await catalog.commit({ manifest, sealedSums: Buffer.from("sealed sums"), marker });
  return manifest;
}

export interface StoredArchiveOptions {
  readonly id?: ArchiveId;
  readonly chunks?: number;
  readonly prefix?: string;
  readonly sourceErrors?: number;
}

/** Every key of the store. */
export async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  return keys;
}
