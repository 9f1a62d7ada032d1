import { fileRefused } from "./key-errors.ts";
import { cutIntoKeys, type KeyBytes } from "./cut-into-keys.ts";

/**
 * The public keys in a file, each by itself.
 *
 * @throws {EncryptionError} code `key-file`
 */
export async function keysOfFile(content: Uint8Array, file: string): Promise<Uint8Array[]> {
  const [first] = content;
  if (first === undefined) throw fileRefused(file, "is empty");
  const blocks = isBinary(first, content) ? [content] : await unarmored(content, file);
  return blocks.flatMap((block) => publicKeysOf(block, file));
}

/** A packet's first byte has its highest bit set; no letter of an armor has. */
function isBinary(first: number, content: Uint8Array): boolean {
  return (first & 0x80) !== 0 && !startsWithByteOrderMark(content);
}

function startsWithByteOrderMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

/** A block may stand indented: it is then refused below, and not overlooked. */
const BEGIN = /^[ \t>]*-----BEGIN PGP ([^-\r\n]+)-----/gm;

/** Each block by itself: openpgp.js reads the first one only, and says nothing of the others. */
async function unarmored(content: Uint8Array, file: string): Promise<Uint8Array[]> {
  const text = new TextDecoder().decode(content);
  const begins = [...text.matchAll(BEGIN)];
  if (begins.length === 0) throw fileRefused(file, "holds no public key");
  const blocks: Uint8Array[] = [];
  for (const [position, begin] of begins.entries()) {
    const [, label = ""] = begin;
    refuseOther(label, file);
    blocks.push(await dearmor(text.slice(begin.index, begins[position + 1]?.index), file));
  }
  return blocks;
}

function refuseOther(label: string, file: string): void {
  if (label === "PUBLIC KEY BLOCK") return;
  if (label.startsWith("PRIVATE KEY")) throw secretKey(file);
  throw fileRefused(file, `holds a PGP ${label}, which is no public key`);
}

async function dearmor(block: string, file: string): Promise<Uint8Array> {
  const { unarmor } = await import("openpgp");
  const { data } = await unarmor(block).catch((error: unknown) => {
    throw fileRefused(file, "holds a damaged block", error);
  });
  if (data instanceof Uint8Array) return data;
  throw fileRefused(file, "holds a damaged block");
}

function publicKeysOf(block: Uint8Array, file: string): Uint8Array[] {
  const keys = cutIntoKeys(block);
  if (keys === undefined) throw fileRefused(file, "holds no public key, or a damaged one");
  return keys.map((key) => publicKey(key, file));
}

const SECRET_KEY = 5;
const READABLE_VERSION = 4;

function publicKey({ tag, version, bytes }: KeyBytes, file: string): Uint8Array {
  if (tag === SECRET_KEY) throw secretKey(file);
  if (version === READABLE_VERSION) return bytes;
  // Every gpg reads version 4. Version 3 is broken; 5 and 6 are two dialects that few programs read.
  throw fileRefused(file, `holds a key of version ${version}; every gpg reads only version 4`);
}

function secretKey(file: string): Error {
  return fileRefused(file, "holds a secret key, which must stay away from here");
}
