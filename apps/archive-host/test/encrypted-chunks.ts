import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { GpgHome } from "@backuppc-archive-s3/gpg/home";
import { expect } from "vitest";
import { type ReadArchive, readArchive } from "./read-archive.ts";
import { PASSPHRASE, type Site, start } from "./site.ts";

/** How a chunk may be encrypted, and compressed: by which program, and what undoes it. */
export const ENCRYPTIONS = ["passphrase", "key", "passphrase and key", "none"] as const;
export const COMPRESSIONS = [
  ["cat", "cat"],
  ["gzip", "gzip -d"],
  ["pigz", "gzip -d"],
  ["bzip2", "bzip2 -d"],
  ["xz", "xz -d"],
  ["zstd", "zstd -d"],
] as const;

/** Opens one encrypted chunk. */
export type Open = (encrypted: Buffer) => Promise<Buffer>;

/** Archives the site's tree in this way, and gives its chunks in order, and what opens them beside the key. */
export async function archivedChunks(
  site: Site,
  encryption: (typeof ENCRYPTIONS)[number],
  compressor: string,
  home: GpgHome,
  fingerprint: string,
): Promise<ReadArchive> {
  const keyFile = join(site.folder, "offsite.gpg");
  await writeFile(keyFile, await home.export([fingerprint]));
  await site.configure({
    compression: `/usr/bin/${compressor}`,
    encryption: encryption === "none" ? "none" : undefined,
    passphrase: encryption.startsWith("passphrase") ? PASSPHRASE : undefined,
    recipients: encryption.endsWith("key") ? [keyFile] : undefined,
  });
  const running = start(site.command(), site.environment());
  expect({ status: await running.ended, lines: running.lines }).toMatchObject({ status: 0 });
  const [archive] = await openCatalog(site.store).list();
  if (archive === undefined) throw new Error("Nothing was archived.");
  const read = await readArchive(site.store, archive.id, PASSPHRASE);
  const recipients = encryption.endsWith("key") ? [fingerprint] : [];
  const passphrase = encryption.startsWith("passphrase");
  const expected = {
    passphrase,
    recipients,
    subkeys: [expect.any(String)].slice(1 - recipients.length),
  };
  expect(read.head.encryption).toEqual(encryption === "none" ? null : expected);
  return read;
}

/** Opens the chunks one by one, undoes the compression of all at once, and expects the site's own tar. */
export async function expectTheTar(
  site: Site,
  chunks: readonly Buffer[],
  open: Open,
  undo: string,
): Promise<void> {
  const opened: Buffer[] = [];
  for (const chunk of chunks) opened.push(await open(chunk));
  const file = join(site.folder, "opened");
  await writeFile(file, Buffer.concat(opened));
  const options = { encoding: "buffer", maxBuffer: 1e8 } as const;
  const run = promisify(execFile);
  const { stdout } = await run("sh", ["-c", `${undo} < "$0"`, file], options);
  const { stdout: tar } = await run(site.tarCreate, [], options);
  expect(sha256(stdout)).toBe(sha256(tar));
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
