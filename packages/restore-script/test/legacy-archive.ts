import { execFile } from "node:child_process";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RestoreChunk } from "../src/index.ts";
import { PASSPHRASE, type StoredArchive } from "./stored-archive.ts";

export interface LegacyOptions {
  /** Bytes; 0: not split at all. */
  readonly splitSize?: number;
  /** What gpg compresses with; null: stored as split made it, not encrypted. */
  readonly compression?: "none" | "ZLIB" | "BZIP2" | null;
  /** Further options of gpg. */
  readonly gpg?: readonly string[];
}

/** Archives a tree as the Python program did, with stock split and gpg, into `folder`/stored. */
export async function legacyArchive(
  folder: string,
  tree: string,
  { splitSize = 100_000, compression = "ZLIB", gpg = [] }: LegacyOptions = {},
): Promise<StoredArchive> {
  const stored = join(folder, "stored");
  await mkdir(stored, { recursive: true });
  const split = splitSize === 0 ? 'cat >"$2"' : `split -b ${splitSize} - "$2."`;
  await sh(`tar -C "$1" -cf - . | ${split}`, [tree, join(stored, "gandalf.7.tar")]);
  if (compression !== null) {
    for (const name of await readdir(stored)) await encrypt(join(stored, name), compression, gpg);
  }
  const chunks = await Promise.all((await readdir(stored)).toSorted().map(describeChunk));
  return {
    stored,
    dataKey: undefined,
    input: (origin) => ({
      id: { host: "gandalf", number: 7 },
      status: "complete",
      finished: new Date("2012-11-22T03:40:12Z"),
      compression: { name: "none", suffix: "" },
      encryption: compression === null ? null : { passphrase: true, recipients: [], subkeys: [] },
      chunks: chunks.map((chunk) => ({ ...chunk, url: `${origin}/${chunk.name}?Signature=a` })),
      created: new Date(),
      expires: new Date(Date.now() + 3_600_000),
      tool: "backup-manager 0.1.0",
    }),
  };

  async function describeChunk(name: string): Promise<Pick<RestoreChunk, "name" | "storedLength">> {
    return { name, storedLength: (await stat(join(stored, name))).size };
  }
}

async function encrypt(file: string, compression: string, more: readonly string[]): Promise<void> {
  const options = `--batch --quiet --no-tty --pinentry-mode loopback --s2k-count 65536 ${more.join(" ")}`;
  await sh(
    `printf '%s\\n' "$PASS" | gpg ${options} --compress-algo ${compression} --output "$1.gpg" --passphrase-fd 0 --symmetric "$1"`,
    [file],
  );
  await rm(file);
}

async function sh(command: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, PASS: PASSPHRASE };
  await promisify(execFile)("sh", ["-ec", command, "sh", ...args], { env });
}
