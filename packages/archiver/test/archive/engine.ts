// An engine on a store in memory whose clock is set by hand, and what restores from it.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import {
  type ArchiveSummary,
  type Head,
  openArchiveWriter,
  openCatalog,
  type Trust,
} from "@backuppc-archive-s3/backup-catalog";
import { createEncryptor, readSigners } from "@backuppc-archive-s3/gpg";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import {
  type ArchivedTar,
  type ArchiveOptions,
  archiveTar,
  chooseCompressor,
  signingKeyFiles,
} from "../../src/index.ts";

const DAY = 86_400_000;

export interface Engine {
  /** The working folder. */
  readonly folder: string;
  readonly objects: Map<string, MemoryObject>;
  readonly store: ObjectStore;
  /** What was said of unusual things. */
  readonly notices: string[];
  /** Lets days pass. */
  wait(days: number): void;
  /** Archives a tar of the tree. */
  archive(changes?: Partial<ArchiveOptions>): Promise<ArchivedTar>;
  /** Writes a file of the tree. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  remove(name: string): Promise<void>;
  /** A tar of the tree. */
  tar(): Promise<Buffer>;
  /** The tar that a complete archive holds, where its chunks are stored in the clear. */
  restore(head: Head): Promise<Buffer>;
  list(): Promise<ArchiveSummary[]>;
  trust(): Promise<Trust>;
  close(): Promise<void>;
}

/** Without encryption and compression, unless a test asks for them. */
export async function openEngine(): Promise<Engine> {
  const root = await mkdtemp(join(tmpdir(), "archiver-"));
  const folder = join(root, "work");
  const tree = join(root, "tree");
  await mkdir(tree);
  const objects = new Map<string, MemoryObject>();
  let time = Date.parse("2026-11-22T03:15:00Z");
  const store = createMemoryStore(objects, { now: () => new Date((time += 5)) });
  const catalog = openCatalog(store);
  const notices: string[] = [];
  const compressor = await chooseCompressor({ program: "" });
  const options: Omit<ArchiveOptions, "source"> = {
    host: "web",
    number: 1,
    store,
    writer: openArchiveWriter(store),
    location: { bucket: "offsite", prefix: "" },
    folder,
    encryption: null,
    compressor,
    memory: 8_388_608,
    workers: 2,
    connections: 3,
    mean: 65_536,
    tool: "test 1",
    onNotice: (line) => notices.push(line),
  };
  const engine: Engine = {
    folder,
    objects,
    store,
    notices,
    wait: (days) => void (time += days * DAY),
    archive: async (changes = {}) => {
      const source = changes.source ?? pieces(await engine.tar());
      return await archiveTar({ ...options, ...changes, source });
    },
    write: async (name, content) => await writeFile(join(tree, name), content),
    remove: async (name) => await rm(join(tree, name)),
    tar: async () => {
      const args = ["--create", "--sort=name", "--mtime=@1700000000", "."];
      const limits = { encoding: "buffer", maxBuffer: 1e9, cwd: tree } as const;
      return (await promisify(execFile)("tar", args, limits)).stdout;
    },
    restore: async (head) => {
      const manifest = await catalog.readManifest(head);
      const chunks = await Promise.all(
        manifest.chunks.map((chunk) => catalog.readChunk(head.host, chunk)),
      );
      const undo = (chunk: Uint8Array): Buffer =>
        head.compression.name === "gzip" ? gunzipSync(chunk) : Buffer.from(chunk);
      return Buffer.concat(chunks.map(undo));
    },
    list: async () => await catalog.list(),
    trust: async () => {
      const key = await readFile(signingKeyFiles(folder).public, "utf8");
      return { verifier: await readSigners([key]), allowPlaintext: true, filters: [] };
    },
    close: async () => await rm(root, { recursive: true, force: true }),
  };
  for (let number = 0; number < 40; number++) {
    await engine.write(`file-${number}`, randomBytes(30_000));
  }
  return engine;
}

/** In pieces that are overwritten when the next one is asked for, as a pipe's buffer is. */
export async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(50_000);
  for (let at = 0; at < bytes.length; at += buffer.length) {
    const piece = bytes.subarray(at, at + buffer.length);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
    buffer.fill(0xee);
  }
}

/** Encryption to a passphrase, in this thread. */
export function encryptedTo(passphrase: string): Pick<ArchiveOptions, "encryption"> {
  return { encryption: { passphrase, start: createEncryptor } };
}
