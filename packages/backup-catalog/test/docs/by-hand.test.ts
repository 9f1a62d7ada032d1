// The loop of docs/store-format.md, run as it stands there, by stock programs alone.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { createGpgHome } from "@backuppc-archive-s3/gpg/home";
import { afterAll, expect, test } from "vitest";
import {
  type ArchiveId,
  type ChunkEntry,
  chunkName,
  newAttemptId,
  openArchiveWriter,
  sumsOf,
} from "../../src/index.ts";
import { keysOf, signed } from "../stored-archive.ts";

const PASSPHRASE = "hunter2 with spaces";
const DATA_KEY = randomBytes(32).toString("hex");
const folder = mkdtempSync(join(tmpdir(), "by-hand-"));
const gpg = await createGpgHome();

afterAll(async () => {
  await gpg.remove();
  rmSync(folder, { recursive: true });
});

test("an incremental archive is restored by hand, with chunks of two attempts and one of them twice", async () => {
  const store = createMemoryStore();
  const tree = join(folder, "tree");
  mkdirSync(tree);
  writeFileSync(join(tree, "first"), randomBytes(30_000));
  writeFileSync(join(tree, "zeros"), Buffer.alloc(40_960));
  const tar = execFileSync("tar", ["-c", "-C", tree, "."], { maxBuffer: 1_000_000 });
  const first = { host: "web server", number: 7, attempt: newAttemptId(new Date(0)) };
  const stored = await storeTar(store, first, slicesOf(tar), new Map());
  writeFileSync(join(tree, "second"), randomBytes(999));
  const next = execFileSync("tar", ["-c", "-C", tree, "."], { maxBuffer: 1_000_000 });
  const second = { ...first, number: 8, attempt: newAttemptId(new Date()) };
  const chunks = await storeTar(store, second, slicesOf(next), stored);
  const names = [...chunks.values()].map(({ name }) => name.split("/")[0]);
  expect(new Set(names)).toEqual(new Set([first.attempt, second.attempt]));

  const work = join(folder, "work");
  await download(store, `archives/web%20server/8/${second.attempt}/`, join(work, "archive"));
  await download(store, "chunks/web%20server/", join(work, "chunks"));
  execFileSync("sh", ["-c", byHand()], {
    cwd: work,
    env: { ...process.env, GNUPGHOME: gpg.folder },
  });
  for (const name of ["first", "second", "zeros"]) {
    const restored = readFileSync(join(work, "restored", name));
    expect(restored.equals(readFileSync(join(tree, name)))).toBe(true);
  }
  const { length } = readFileSync(join(work, "stored"), "utf8").trim().split("\n");
  expect(length).toBeGreaterThan(chunks.size);
});

/** What the page says to do, with the passphrase typed in. */
function byHand(): string {
  const page = readFileSync(new URL("../../../../docs/store-format.md", import.meta.url), "utf8");
  const [, block = ""] = /<!-- by-hand -->\s*```sh\n([\s\S]*?)```/.exec(page) ?? [];
  const asks = "gpg -d archive/KEY.1.gpg";
  expect(block).toContain(asks);
  const typed = `gpg --batch --pinentry-mode loopback --passphrase '${PASSPHRASE}' -d archive/KEY.1.gpg`;
  return block.replace(asks, typed);
}

/** Stores the slices that are not stored yet, and an archive that names all. */
async function storeTar(
  store: ObjectStore,
  id: ArchiveId,
  slices: readonly Buffer[],
  known: ReadonlyMap<string, ChunkEntry>,
): Promise<Map<string, ChunkEntry>> {
  const writer = openArchiveWriter(store);
  const about = { format: 1, tool: "test 1.0", uploader: "server-1" } as const;
  const started = store.now()?.toISOString() ?? new Date().toISOString();
  await writer.begin({ ...id, ...about, started });
  const entries: ChunkEntry[] = [];
  const chunks = new Map(known);
  for (const slice of slices) {
    const digest = sha256(slice);
    const chunk = chunks.get(digest) ?? (await storeChunk(store, id, slice, chunks.size + 1));
    chunks.set(digest, chunk);
    const last = entries.at(-1);
    const tarOffset = last === undefined ? 0 : last.tarOffset + last.tarLength;
    entries.push({ ...chunk, tarOffset });
  }
  const tarBytes = slices.reduce((sum, { length }) => sum + length, 0);
  const manifest = { ...id, format: 1 as const, tarBytes, chunks: entries };
  await writer.putKey(id, 1, encrypt(Buffer.from(`${DATA_KEY}\n`), PASSPHRASE));
  const sums = sumsOf(manifest, slices.map(sha256), [], true);
  await writer.commit({
    manifest,
    sums: encrypt(Buffer.from(sums), DATA_KEY),
    memberDigests: [],
    sign: async (head) => signed(head),
    head: {
      ...id,
      ...about,
      started,
      finished: started,
      sourceErrors: 0,
      members: 0,
      compression: { suffix: ".gz", name: "gzip" },
      encryption: { passphrase: true, recipients: [], subkeys: [] },
    },
  });
  return new Map(
    [...chunks].filter(([digest]) => slices.some((slice) => sha256(slice) === digest)),
  );
}

async function storeChunk(
  store: ObjectStore,
  { host, attempt }: ArchiveId,
  slice: Buffer,
  index: number,
): Promise<ChunkEntry> {
  const name = chunkName(attempt, index, ".gz.gpg");
  const bytes = encrypt(gzipSync(slice), DATA_KEY);
  const key = openArchiveWriter(store).chunkKey(host, name);
  await store.put(key, bytesBody(bytes), { onlyIfAbsent: true });
  const { length: storedLength } = bytes;
  return { name, tarOffset: 0, tarLength: slice.length, storedLength, sha256: sha256(bytes) };
}

/** As archive-host encrypts: AES-256, and a key that is random needs no iterations. */
function encrypt(plain: Buffer, passphrase: string): Buffer {
  const options = ["--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase];
  const weak = passphrase === DATA_KEY ? ["--s2k-mode", "1"] : [];
  const cipher = ["--cipher-algo", "AES256", "--compress-algo", "none", "--symmetric"];
  return execFileSync("gpg", ["--homedir", gpg.folder, ...options, ...weak, ...cipher], {
    input: plain,
  });
}

/** Small enough that the empty file's blocks make one slice twice. */
function slicesOf(tar: Buffer): Buffer[] {
  const slices: Buffer[] = [];
  for (let at = 0; at < tar.length; at += 10_240) slices.push(tar.subarray(at, at + 10_240));
  return slices;
}

async function download(store: ObjectStore, prefix: string, target: string): Promise<void> {
  for (const key of await keysOf(store, prefix)) {
    const file = join(target, key.slice(prefix.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await buffer(await store.get(key)));
  }
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
