import {
  type ArchiveSummary,
  checkSums,
  type Compression,
  type Encryption,
  type Manifest,
} from "@backuppc-archive-s3/backup-catalog";
import type { Site } from "../site.ts";

/** What there is to download of an archive. */
export interface ArchiveData {
  readonly chunks: readonly StoredChunk[];
  readonly compression: Compression;
  readonly encryption: Encryption | null;
  /** What SHA256SUMS calls the whole. */
  readonly tarName: string;
  /** SHA256SUMS; undefined where the archive never had any. */
  readonly sums: StoredSums | undefined;
}

/** SHA256SUMS, sealed like a chunk. */
interface StoredSums {
  readonly key: string;
  open(): Promise<AsyncIterable<Uint8Array>>;
  /** Digests of plaintext by the chunks' keys, and by the tar's name. @throws {CatalogError} code `damaged` */
  read(text: string): ReadonlyMap<string, string>;
}

export interface StoredChunk {
  readonly key: string;
  /** Bytes. */
  readonly storedLength: number;
  /** Ends with an error where the bytes are known not to be what was stored. */
  open(): AsyncIterable<Uint8Array>;
}

/** Undefined where nobody knows its chunks. */
export async function archiveData(
  { id, hasManifest }: ArchiveSummary,
  site: Site,
): Promise<ArchiveData | undefined> {
  const { catalog, store } = site;
  const source = site.predecessorOf(id);
  if (source !== undefined) {
    const { compression, encryption } = source.archive;
    const listed = await source.site.catalog.listChunks(id);
    const chunks = listed.map(({ key, storedLength }) => ({
      key,
      storedLength,
      open: () => opened(source.site.store, key),
    }));
    return { chunks, compression, encryption, tarName: catalog.tarName(id), sums: undefined };
  }
  if (!hasManifest) return undefined;
  const manifest = await catalog.readManifest(id);
  const { chunks, compression, encryption } = manifest;
  const [key, tarName] = [catalog.sumsKey(id), catalog.tarName(id)];
  return {
    chunks: chunks.map((chunk) => ({ ...chunk, open: () => catalog.readChunk(chunk) })),
    compression,
    encryption,
    tarName,
    sums: {
      key,
      open: async () => await store.get(key),
      read: (text) => digests(manifest, text, tarName),
    },
  };
}

function digests(manifest: Manifest, text: string, name: string): ReadonlyMap<string, string> {
  const { plainSha256, tarSha256 } = checkSums(manifest, text);
  const ofChunks = plainSha256.map((digest, at): [string, string] => [
    manifest.chunks[at]?.key ?? "",
    digest,
  ]);
  return new Map([...ofChunks, [name, tarSha256]]);
}

async function* opened(store: Site["store"], key: string): AsyncGenerator<Uint8Array> {
  yield* await store.get(key);
}
