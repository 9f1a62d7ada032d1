import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Encryption } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "../src/index.ts";

const run = promisify(execFile);

export const PASSPHRASE = `it's "$HOME" \\and \`more\` 密`;

export interface ArchiveOptions {
  /** The compressing program; none if left out. */
  readonly compression?: { readonly name: string; readonly suffix: string };
  /** Default: the passphrase. */
  readonly encryption?: Encryption | null;
  readonly host?: string;
  /** Bytes of a chunk's plaintext. */
  readonly chunkSize?: number;
  /** Whether to store SHA256SUMS. */
  readonly sums?: boolean;
  /** Makes the text of SHA256SUMS another one. */
  readonly forgeSums?: (text: string) => string;
  /** Further ones of GNU tar, which makes the archive. */
  readonly tarOptions?: string;
  /** Of gpg's key derivation; archive-host's is 16,777,216, and this a quick one. */
  readonly s2kCount?: number;
  /** GNUPGHOME where public keys are. */
  readonly keyring?: string;
}

export interface SealedArchive {
  /** Where the sealed chunks are. */
  readonly stored: string;
  /** For restoreScript, with URLs of that origin. */
  readonly input: (origin: string) => RestoreInput;
}

/** Archives a tree as archive-host would, with stock tools only, into `folder`/stored. */
export async function sealedArchive(
  folder: string,
  tree: string,
  options: ArchiveOptions = {},
): Promise<SealedArchive> {
  const {
    host = "gandalf",
    chunkSize = 100_000,
    compression,
    encryption = BY_PASSPHRASE,
  } = options;
  const tarName = `${host}.7.tar`;
  const stored = join(folder, "stored");
  await mkdir(stored, { recursive: true });
  await sh(
    `tar -C "$1" ${options.tarOptions ?? ""} -cf - . | split -b ${chunkSize} -d -a 8 --numeric-suffixes=1 - "$2/$3."`,
    [tree, folder, tarName],
  );
  const plain = (await readdir(folder)).filter((name) => name.startsWith(`${tarName}.`)).toSorted();
  const suffix = `${compression?.suffix ?? ""}${encryption === null ? "" : ".gpg"}`;
  for (const name of plain) {
    await seal(join(folder, name), join(stored, name + suffix), options);
  }
  const chunks = await Promise.all(
    plain.map(async (name) => await describeChunk(stored, name + suffix)),
  );
  const pieces = await Promise.all(plain.map(async (name) => await readFile(join(folder, name))));
  if (options.sums !== false) {
    const lines = [
      ...chunks.map(({ sha256: digest, name }) => `${digest}  ${name}`),
      ...pieces.map((piece, index) => `${sha256(piece)}  ${plain[index]}`),
      `${sha256(...pieces)}  ${tarName}`,
    ];
    const text = `${lines.join("\n")}\n`;
    await writeFile(join(folder, "sums"), options.forgeSums?.(text) ?? text);
    const { compression: _, ...uncompressed } = options;
    await seal(join(folder, "sums"), join(stored, sumsName(encryption)), uncompressed);
  }
  const input = (origin: string): RestoreInput => ({
    id: { host, number: 7, attempt: "20261122T031500Z-5f3a9c" },
    status: "complete",
    finished: new Date("2026-11-22T03:40:12Z"),
    tarBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
    compression: compression ?? { name: "none", suffix: "" },
    encryption,
    chunks: chunks.map(({ name, storedLength, sha256: digest }) => ({
      key: `chunks/${host}/7/20261122T031500Z-5f3a9c/${name}`,
      storedLength,
      sha256: digest,
      url: `${origin}/${name}?X-Amz-Signature=a&b='c'`,
    })),
    ...(options.sums !== false && { sums: { url: `${origin}/${sumsName(encryption)}?X=1` } }),
    created: new Date(),
    expires: new Date(Date.now() + 3_600_000),
    tool: "backup-manager 0.1.0",
  });
  return { stored, input };
}

const BY_PASSPHRASE: Encryption = { symmetric: true, recipients: [] };

/** A tree with what a careless restore loses, of about 400 kB. */
export async function makeTree(tree: string): Promise<void> {
  await mkdir(join(tree, "etc", "empty folder"), { recursive: true });
  await writeFile(join(tree, "etc", "passwd"), "root:x:0:0\n", { mode: 0o640 });
  await writeFile(join(tree, "etc", "new\nline 'quoted' $(id)"), "odd\n");
  await writeFile(join(tree, "etc", "set-uid"), "#!/bin/sh\n", { mode: 0o755 });
  await run("chmod", ["4755", join(tree, "etc", "set-uid")]);
  await run("ln", ["-s", "passwd", join(tree, "etc", "link")]);
  await run("ln", [join(tree, "etc", "passwd"), join(tree, "etc", "hard link")]);
  // Compresses to about a half.
  const noise = Array.from({ length: 40_000 }, (_, at) =>
    ((at * 2_654_435_761) % 9_973).toString(),
  );
  await writeFile(join(tree, "numbers"), noise.join("\n"));
  await writeFile(join(tree, "noise"), createNoise(200_000));
}

function createNoise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash("sha256").update(`block ${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

async function seal(from: string, to: string, options: ArchiveOptions): Promise<void> {
  const { compression, encryption = BY_PASSPHRASE, keyring } = options;
  const compress = compression === undefined ? "cat" : `${compression.name} -c`;
  const encrypt = encryption === null ? "cat" : gpgCommand(encryption, options.s2kCount);
  await sh(
    `umask 077; printf '%s\\n' "$PASS" >"$2.pass"; ${compress} <"$1" | ${encrypt} 3<"$2.pass" >"$2"; rm "$2.pass"`,
    [from, to],
    { PASS: PASSPHRASE, ...(keyring !== undefined && { GNUPGHOME: keyring }) },
  );
}

function gpgCommand({ symmetric, recipients }: Encryption, s2kCount: number = 65_536): string {
  const ways = recipients.map((fingerprint) => `--recipient ${fingerprint}`);
  if (symmetric) ways.push("--symmetric");
  // Without it, gpg has no use for recipients beside a passphrase, and says nothing.
  if (recipients.length > 0) ways.push("--encrypt");
  return `gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 3 --trust-model always --s2k-count ${s2kCount} --compress-algo none ${ways.join(" ")}`;
}

async function describeChunk(
  stored: string,
  name: string,
): Promise<{ name: string; storedLength: number; sha256: string }> {
  const bytes = await readFile(join(stored, name));
  return { name, storedLength: bytes.length, sha256: sha256(bytes) };
}

function sumsName(encryption: Encryption | null): string {
  return encryption === null ? "SHA256SUMS" : "SHA256SUMS.gpg";
}

function sha256(...pieces: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}

async function sh(command: string, args: readonly string[], env: object = {}): Promise<void> {
  await run("sh", ["-ec", command, "sh", ...args], { env: { ...process.env, ...env } });
}
