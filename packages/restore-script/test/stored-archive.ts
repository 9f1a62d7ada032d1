import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import type { Encryption } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "../src/index.ts";
import { indexOfTar } from "./index-of-tar.ts";

const run = promisify(execFile);

export const PASSPHRASE = `it's "$HOME" \\and \`more\` 密`;
export const ATTEMPT = "20261122T031500Z-5f3a9c";
/** The one that stored every third chunk of the archive. */
export const EARLIER = "20261121T031500Z-0a1b2c";
const MANIFEST = createHash("sha256").update("manifest").digest("hex");

export interface ArchiveOptions {
  /** The compressing program; none if left out. */
  readonly compression?: { readonly name: string; readonly suffix: string };
  /** Default: the passphrase. */
  readonly encryption?: Encryption | null;
  readonly host?: string;
  readonly attempt?: string;
  /** Bytes of a chunk's plaintext. */
  readonly chunkSize?: number;
  /** Whether to store SHA256SUMS. */
  readonly sums?: boolean;
  /** Whether the SHA-256 of the stored SHA256SUMS is known. */
  readonly sumsDigest?: boolean;
  /** Whether to store the member index; not unless asked for. */
  readonly index?: boolean;
  /** Makes the member index another one. */
  readonly forgeIndex?: (text: string) => string;
  /** Makes the text of SHA256SUMS another one. */
  readonly forgeSums?: (text: string) => string;
  /** Commands that stand in for the encryption of chunks and of SHA256SUMS, as a forger has them. */
  readonly forgeWith?: { readonly chunks?: string; readonly sums?: string };
  /** What is archived; the bench's tree unless given. */
  readonly tree?: string;
  /** Further ones of GNU tar, which makes the archive. */
  readonly tarOptions?: string;
  /** Of gpg's key derivation; archive-host's is 65,011,712, and this a quick one. */
  readonly s2kCount?: number;
  /** GNUPGHOME where public keys are. */
  readonly keyring?: string;
}

export interface StoredArchive {
  /** Where the stored chunks are. */
  readonly stored: string;
  /** Which decrypts the chunks; undefined where none does. */
  readonly dataKey: string | undefined;
  /** For restoreScript, with URLs of that origin. */
  readonly input: (origin: string) => RestoreInput;
}

interface Chunk {
  readonly name: string;
  readonly attempt: string;
  readonly storedLength: number;
  readonly sha256: string;
}

/** Archives a tree as archive-host would, with stock tools only, into `folder`/stored. */
export async function storedArchive(
  folder: string,
  tree: string,
  options: ArchiveOptions = {},
): Promise<StoredArchive> {
  const { host = "gandalf", attempt = ATTEMPT, compression } = options;
  const { encryption = BY_PASSPHRASE } = options;
  const earlier = attempt === ATTEMPT ? EARLIER : attempt.replace(/Z-.*/, "Z-0a1b2c");
  const stored = join(folder, "stored");
  await mkdir(stored, { recursive: true });
  const plain = await cutTar(folder, tree, options);
  const dataKey = encryption?.passphrase === true ? randomBytes(32).toString("hex") : undefined;
  const suffix = `${compression?.suffix ?? ""}${encryption === null ? "" : ".gpg"}`;
  // The same plaintext is stored once.
  const byContent = new Map<string, Chunk>();
  const chunks: Chunk[] = [];
  for (const [at, piece] of plain.entries()) {
    const content = sha256(await readFile(piece));
    const of = at % 3 === 1 ? earlier : attempt;
    const name = `${of}.${String(at + 1).padStart(8, "0")}${suffix}`;
    const chunk =
      byContent.get(content) ?? (await store(piece, join(stored, name), of, options, dataKey));
    byContent.set(content, chunk);
    chunks.push(chunk);
  }
  const parts = await storeIndex(folder, stored, plain, options, dataKey);
  const digests: string[] = [];
  for (const piece of plain) digests.push(sha256(await readFile(piece)));
  const sumsFile = encryption === null ? "SHA256SUMS" : "SHA256SUMS.gpg";
  if (options.sums !== false) {
    const lines = [
      `# ${host} 7 ${attempt} manifest ${MANIFEST}`,
      ...chunks.map((chunk) => `${chunk.sha256}  ${chunk.attempt}/${chunk.name}`),
      ...digests.map((digest, at) => `${digest}  ${host}.7.tar.${String(at + 1).padStart(8, "0")}`),
      ...(parts.length > 0 ? parts : UNKNOWN_PARTS).map((part) => `${part.sha256}  ${part.name}`),
    ];
    const text = `${lines.join("\n")}\n`;
    await writeFile(join(folder, "sums"), options.forgeSums?.(text) ?? text);
    const forger = options.forgeWith?.sums;
    await encrypt(join(folder, "sums"), join(stored, sumsFile), options, dataKey, forger);
  }
  const sumsDigest = options.sums === false ? "" : sha256(await readFile(join(stored, sumsFile)));
  const message =
    dataKey === undefined ? undefined : await encryptDataKey(folder, dataKey, options);
  const lengths = await Promise.all(plain.map(async (piece) => (await stat(piece)).size));
  const tarBytes = lengths.reduce((sum, length) => sum + length, 0);
  const signature = "0".repeat(64);
  const input = (origin: string): RestoreInput => ({
    id: { host, number: 7, attempt },
    status: "complete",
    finished: new Date("2026-11-22T03:40:12Z"),
    tarBytes,
    compression: compression ?? { name: "none", suffix: "" },
    encryption,
    urls: { base: `${origin}/bucket/`, query: "X-Amz-Expires=604800&a=b" },
    chunks: chunks.map(({ attempt: of, ...chunk }, at) => ({
      ...chunk,
      tarLength: lengths[at] ?? 0,
      path: `chunks/${host}/${of}/${chunk.name}`,
      signature,
      versionId: "a b&c",
    })),
    ...(options.sums !== false && {
      sums: {
        path: `archives/${host}/7/${attempt}/${sumsFile}`,
        signature,
        manifest: MANIFEST,
        ...(options.sumsDigest !== false && { sha256: sumsDigest }),
      },
    }),
    ...(parts.length > 0 && {
      members: parts.map(({ name, sha256: digest }) => ({
        path: `archives/${host}/7/${attempt}/${name}`,
        signature,
        sha256: digest,
      })),
    }),
    ...(message !== undefined && { dataKey: message }),
    verified: { by: "AB".repeat(20) },
    created: new Date(),
    expires: new Date(Date.now() + 3_600_000),
    tool: "backup-manager 0.1.0",
  });
  return { stored, dataKey, input };
}

/** An index that the script has no URL of. */
const UNKNOWN_PARTS = [{ sha256: sha256(Buffer.from("members")), name: "members.0001.gz.gpg" }];
const BY_PASSPHRASE: Encryption = { passphrase: true, recipients: [], subkeys: [] };

/** The tar in pieces, in order. */
async function cutTar(
  folder: string,
  tree: string,
  { chunkSize = 100_000, tarOptions = "" }: ArchiveOptions,
): Promise<string[]> {
  const cut = `split -b ${chunkSize} -d -a 8 --numeric-suffixes=1 - "$2/plain."`;
  await sh(`tar -C "$1" ${tarOptions} -cf - . | ${cut}`, [tree, folder]);
  const names = (await readdir(folder)).filter((name) => name.startsWith("plain."));
  return names.toSorted().map((name) => join(folder, name));
}

/** In two parts at least, where it has more than one line, and of 4 MiB at most, as archive-host cuts it. */
async function storeIndex(
  folder: string,
  stored: string,
  plain: readonly string[],
  options: ArchiveOptions,
  dataKey: string | undefined,
): Promise<{ name: string; sha256: string }[]> {
  if (options.index !== true) return [];
  const text = (await indexOfTar(plain)).toString("latin1");
  const parts: { name: string; sha256: string }[] = [];
  for (const [at, part] of partsOf(options.forgeIndex?.(text) ?? text).entries()) {
    const number = String(at + 1).padStart(4, "0");
    const name = `members.${number}.gz${options.encryption === null ? "" : ".gpg"}`;
    const [from, to] = [join(folder, "index-part"), join(stored, name)];
    await writeFile(from, gzipSync(Buffer.from(part, "latin1")));
    await encrypt(from, to, options, dataKey);
    parts.push({ name, sha256: sha256(await readFile(to)) });
  }
  return parts;
}

function partsOf(text: string): string[] {
  const most = Math.min(4_194_304, Math.ceil(text.length / 2));
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", Math.min(at + most, text.length) - 1) + 1;
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

async function store(
  from: string,
  to: string,
  attempt: string,
  options: ArchiveOptions,
  dataKey: string | undefined,
): Promise<Chunk> {
  const { compression } = options;
  const compressed = `${to}.compressed`;
  await sh(`${compression === undefined ? "cat" : `${compression.name} -c`} <"$1" >"$2"`, [
    from,
    compressed,
  ]);
  await encrypt(compressed, to, options, dataKey, options.forgeWith?.chunks);
  await rm(compressed);
  const bytes = await readFile(to);
  const name = to.slice(to.lastIndexOf("/") + 1);
  return { name, attempt, storedLength: bytes.length, sha256: sha256(bytes) };
}

/** Encrypts a file as chunks are: with the data key, to the public keys, both or not at all. */
async function encrypt(
  from: string,
  to: string,
  { encryption = BY_PASSPHRASE, keyring }: ArchiveOptions,
  dataKey: string | undefined,
  forger?: string,
): Promise<void> {
  if (forger !== undefined) return await gpg(forger, from, to, dataKey ?? "", keyring);
  if (encryption === null) return await sh('cat <"$1" >"$2"', [from, to]);
  // Random, so its salted hash is enough.
  const command = gpgCommand(encryption, "--s2k-mode 1 --s2k-digest-algo SHA256");
  await gpg(command, from, to, dataKey ?? "", keyring);
}

async function encryptDataKey(
  folder: string,
  dataKey: string,
  options: ArchiveOptions,
): Promise<Buffer> {
  const { encryption, keyring, s2kCount = 65_536 } = options;
  const [from, to] = [join(folder, "data-key"), join(folder, "KEY.1.gpg")];
  await writeFile(from, `${dataKey}\n`);
  const command = gpgCommand(encryption ?? BY_PASSPHRASE, `--s2k-count ${s2kCount}`);
  await gpg(command, from, to, PASSPHRASE, keyring);
  return await readFile(to);
}

async function gpg(
  command: string,
  from: string,
  to: string,
  secret: string,
  keyring: string | undefined,
): Promise<void> {
  await sh(
    `umask 077; printf '%s\\n' "$SECRET" >"$2.pass"; ${command} 3<"$2.pass" <"$1" >"$2"; rm "$2.pass"`,
    [from, to],
    { SECRET: secret, ...(keyring !== undefined && { GNUPGHOME: keyring }) },
  );
}

function gpgCommand({ passphrase, recipients }: Encryption, s2k: string): string {
  const ways = recipients.map((fingerprint) => `--recipient ${fingerprint}`);
  if (passphrase) ways.push("--symmetric");
  // Without it, gpg has no use for recipients beside a passphrase, and says nothing.
  if (recipients.length > 0) ways.push("--encrypt");
  return `gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 3 --trust-model always --cipher-algo AES256 ${s2k} --compress-algo none ${ways.join(" ")}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function sh(command: string, args: readonly string[], env: object = {}): Promise<void> {
  await run("sh", ["-ec", command, "sh", ...args], { env: { ...process.env, ...env } });
}
