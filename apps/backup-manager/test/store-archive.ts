import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  type ArchiveId,
  type ArchiveWriter,
  type ChunkEntry,
  chunkName,
  type Head,
  type HeadFacts,
  type Manifest,
  openArchiveWriter,
  startOfAttempt,
  sumsOf,
} from "@backuppc-archive-s3/backup-catalog";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Vault } from "./vault.ts";

/** Where a test's archives go, and how they are made. */
export interface Place {
  readonly store: ObjectStore;
  readonly vault: Vault;
}

export interface StoreOptions {
  /** Slices of the tar, or chunks of earlier archives; `hello ` and `world` unless given. */
  readonly slices?: readonly (Buffer | StoredSlice)[];
  readonly gzip?: boolean;
  readonly sourceErrors?: number;
  /** It ends before that. */
  readonly without?: "marker" | "head";
  /** The text of each part of the member index. */
  readonly members?: readonly string[];
  /** Changes SHA256SUMS before they are encrypted. */
  readonly spoilSums?: (text: string) => string;
  readonly facts?: Partial<HeadFacts>;
}

/** A chunk in the store and what it was made of. */
interface StoredSlice {
  readonly entry: ChunkEntry;
  readonly plain: Buffer;
}

export interface StoredArchive {
  readonly manifest: Manifest;
  /** Undefined where it ended before. */
  readonly head: Head | undefined;
  readonly slices: readonly StoredSlice[];
}

/** Stores an archive as archive-host does. */
export async function storeArchive(
  place: Place,
  id: ArchiveId,
  options: StoreOptions = {},
): Promise<StoredArchive> {
  const { store, vault } = place;
  const start = startOfAttempt(id.attempt) ?? new Date();
  const started = start.toISOString();
  // As if all of it had been stored then.
  const writer = openArchiveWriter({ ...store, now: () => start });
  const about = {
    format: 1,
    started,
    tool: "archive-host 0.1.0",
    uploader: vault.uploader,
  } as const;
  await writer.begin({ ...id, ...about });
  const slices = await storeSlices(place, id, options, writer);
  const manifest = manifestOf(id, slices);
  if (options.without === "head") return { manifest, head: undefined, slices };
  if (vault.key !== undefined) await writer.putKey(id, 1, vault.key);
  const encrypted = vault.encryption !== null;
  const memberDigests: string[] = [];
  for (const text of options.members ?? [HELLO]) {
    const index = await vault.encrypt(gzipSync(text));
    const part = memberDigests.length + 1;
    memberDigests.push(await writer.putMembers(id, part, index, { encrypted }));
  }
  const plain = slices.map((slice) => sha256Of(slice.plain));
  const { spoilSums = (text) => text } = options;
  const sums = spoilSums(sumsOf(manifest, plain, memberDigests, encrypted));
  const facts = { ...about, ...id, finished: started, members: 1, sourceErrors: 0 };
  const head = await commit(writer, options.without === "marker", {
    manifest,
    sums: await vault.encrypt(Buffer.from(sums)),
    memberDigests,
    sign: async (bytes) => await vault.sign(bytes),
    head: {
      ...facts,
      sourceErrors: options.sourceErrors ?? 0,
      compression: options.gzip ? GZIP : NONE,
      encryption: vault.encryption,
      ...options.facts,
    },
  });
  return { manifest, head, slices };
}

const HELLO = "0\t512\t0\t644\t0\t0\t0\t5\t-\thello\n";
const GZIP = { suffix: ".gz", name: "gzip" };
const NONE = { suffix: "", name: "none" };

async function commit(
  writer: ArchiveWriter,
  withoutMarker: boolean,
  archive: Parameters<ArchiveWriter["commit"]>[0],
): Promise<Head | undefined> {
  let head: Head | undefined;
  const onHeadStored = (stored: Head): void => {
    head = stored;
    if (withoutMarker) throw new Error("stopped before the marker");
  };
  await writer.commit({ ...archive, onHeadStored }).catch((error: unknown) => {
    if (!withoutMarker || head === undefined) throw error;
  });
  return head;
}

async function storeSlices(
  { store, vault }: Place,
  id: ArchiveId,
  { slices = [Buffer.from("hello "), Buffer.from("world")], gzip = false }: StoreOptions,
  writer: ArchiveWriter,
): Promise<StoredSlice[]> {
  const suffix = `${gzip ? ".gz" : ""}${vault.encryption === null ? "" : ".gpg"}`;
  const stored: StoredSlice[] = [];
  let index = 0;
  for (const slice of slices) {
    if ("entry" in slice) {
      stored.push(slice);
      continue;
    }
    const body = bytesBody(await vault.encrypt(gzip ? gzipSync(slice) : slice));
    const name = chunkName(id.attempt, ++index, suffix);
    const { versionId } = await store.put(writer.chunkKey(id.host, name), body);
    const entry = {
      name,
      ...(versionId !== undefined && { versionId }),
      tarOffset: 0,
      tarLength: slice.length,
      storedLength: body.bytes.length,
      sha256: body.sha256,
    };
    stored.push({ entry, plain: slice });
  }
  return stored;
}

function manifestOf(id: ArchiveId, slices: readonly StoredSlice[]): Manifest {
  let tarBytes = 0;
  const chunks = slices.map(({ entry }) => {
    const chunk = { ...entry, tarOffset: tarBytes };
    tarBytes += entry.tarLength;
    return chunk;
  });
  return { ...id, format: 1, tarBytes, chunks };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** An attempt that was started so many days ago. */
export function attemptOf(daysAgo: number): string {
  const start = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  return `${start.replace(/[-:]|\.\d+/g, "")}-${randomBytes(3).toString("hex")}`;
}
