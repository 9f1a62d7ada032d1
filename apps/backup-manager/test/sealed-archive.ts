import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import type { ArchiveId, Catalog, Manifest } from "@backuppc-archive-s3/backup-catalog";
import { createSealer, type Sealer } from "@backuppc-archive-s3/gpg";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";

/** How an archive is spoiled after it was made whole. */
export interface SealedOptions {
  readonly passphrase: string;
  /** The digest of the second chunk's plaintext in SHA256SUMS is another's. */
  readonly wrongSum?: boolean;
  /** The tar is cut, and every digest is that of the cut one. */
  readonly cutTar?: boolean;
}

/** Stores a tar of two files in three chunks, compressed by gzip and encrypted. */
export async function sealedArchive(
  store: ObjectStore,
  catalog: Catalog,
  id: ArchiveId,
  { passphrase, wrongSum = false, cutTar = false }: SealedOptions,
): Promise<Manifest> {
  const tar = cutTar ? tarOfTwo().subarray(0, 9_000) : tarOfTwo();
  const size = Math.ceil(tar.length / 3);
  const sealer = createSealer({ passphrase });
  const started = "2026-11-22T03:15:00.000Z";
  const header = { ...id, format: 1, started, tool: "archive-host 0.1.0" } as const;
  await catalog.begin(header);
  const chunks = [];
  const [stored, plain]: [string[], string[]] = [[], []];
  for (let index = 0; index < 3; index++) {
    const slice = tar.subarray(index * size, (index + 1) * size);
    const key = catalog.chunkKey(id, index + 1, ".gz.gpg");
    const body = bytesBody(await seal(gzipSync(slice), sealer));
    await store.put(key, body);
    const { length: storedLength, sha256 } = body;
    chunks.push({ key, tarOffset: index * size, tarLength: slice.length, storedLength, sha256 });
    const name = `${catalog.tarName(id)}.0000000${index + 1}`;
    stored.push(`${sha256}  ${name}.gz.gpg`);
    plain.push(`${sha256Of(wrongSum && index === 1 ? Buffer.from("other") : slice)}  ${name}`);
  }
  const sums = [...stored, ...plain, `${sha256Of(tar)}  ${catalog.tarName(id)}`, ""].join("\n");
  const about = {
    compression: { suffix: ".gz", name: "gzip" },
    encryption: { symmetric: true, recipients: [] },
    tarBytes: tar.length,
  };
  const manifest: Manifest = { ...id, format: 1, ...about, chunks };
  const storedBytes = chunks.reduce((sum, { storedLength }) => sum + storedLength, 0);
  await catalog.commit({
    manifest,
    sealedSums: await seal(Buffer.from(sums), sealer),
    marker: { ...header, ...about, finished: started, chunks: 3, storedBytes, sourceErrors: 0 },
  });
  return manifest;
}

function tarOfTwo(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "sealed-archive-"));
  try {
    execFileSync("sh", ["-c", "echo hello > a; head -c 20000 /dev/urandom > b"], { cwd: folder });
    return execFileSync("tar", ["-c", "-C", folder, "a", "b"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function seal(plain: Buffer, sealer: Sealer): Promise<Buffer> {
  return await buffer(sealer.seal(once(plain)).bytes);
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** An attempt that was started so many days ago. */
export function attemptOf(daysAgo: number): string {
  const start = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  return `${start.replace(/[-:]|\.\d+/g, "")}-${randomBytes(3).toString("hex")}`;
}
