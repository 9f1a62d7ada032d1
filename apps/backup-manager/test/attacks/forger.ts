// What somebody stores who can write to the bucket, and has neither the passphrase nor the signing key.
import { createHash } from "node:crypto";
import type { ArchiveId } from "@backuppc-archive-s3/backup-catalog";
import { createSigningKey, openSigner, type Signer } from "@backuppc-archive-s3/gpg";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import * as z from "zod";
import type { Vault } from "../vault.ts";
import type { AttackSite } from "./attack-site.ts";

/** A signing key that nobody trusts. */
export async function openForger(): Promise<Signer> {
  return await openSigner((await createSigningKey()).secret);
}

/** Signs as the forger does; encrypts as given, under an encryption as given. */
export function forgersVault(
  signer: Signer,
  { encryption, key, encrypt }: Pick<Vault, "encryption" | "key" | "encrypt">,
): Vault {
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> => await signer.sign(bytes);
  const { fingerprint: uploader, publicKey } = signer;
  return { uploader, publicKey, secretKey: "", encryption, key, encrypt, sign };
}

/** An OpenPGP literal packet: to gpg it "decrypts" to its text, with exit status 0. */
export function literalPacket(plain: Uint8Array): Uint8Array {
  const head = Buffer.from([0xcb, 0xff, 0, 0, 0, 0, 0x62, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(plain.length + 6, 2);
  return Buffer.concat([head, plain]);
}

const json = z.record(z.string(), z.unknown());
const manifestJson = z.looseObject({ chunks: z.array(z.looseObject({ name: z.string() })) });
const headJson = z.looseObject({ digests: z.looseObject({}) });

/** An archive's records, under another name. */
export interface Replay {
  readonly from: ArchiveId;
  readonly to: ArchiveId;
  /** Left out, by the last part of their keys. */
  readonly without?: RegExp;
  readonly changeHead?: Readonly<Record<string, unknown>>;
}

/** Copies an archive under another name: records and chunks, all that names it changed, signed by the forger. */
export async function replay(
  site: AttackSite,
  forger: Signer,
  { from, to, without, changeHead = {} }: Replay,
): Promise<void> {
  const [source, target] = [from, to].map(folderOf);
  const put = async (name: string, bytes: Uint8Array): Promise<void> =>
    void (await site.store.put(`${target}${name}`, bytesBody(bytes)));
  const manifest = manifestJson.parse(await readJson(site, `${source}manifest.json`));
  for (const { name } of from.host === to.host ? [] : manifest.chunks) {
    const chunk = await site.bytes(`chunks/${from.host}/${name}`);
    await site.store.put(`chunks/${to.host}/${name}`, bytesBody(chunk));
  }
  const manifestBytes = Buffer.from(JSON.stringify({ ...manifest, ...to }));
  const head = headJson.parse(await readJson(site, `${source}archive.json`));
  const digests = { ...head.digests, manifest: sha256(manifestBytes) };
  const headBytes = Buffer.from(JSON.stringify({ ...head, ...to, digests, ...changeHead }));
  const written: Record<string, Uint8Array> = {
    "manifest.json": manifestBytes,
    "archive.json": headBytes,
  };
  for (const key of await site.keys(source)) {
    const name = key.slice(source?.length);
    if (without?.test(name) === true) continue;
    if (name.endsWith(".sig")) await put(name, await forger.sign(headBytes));
    else await put(name, written[name] ?? (await site.bytes(key)));
  }
}

export function folderOf({ host, number, attempt }: ArchiveId): string {
  return `archives/${host}/${number}/${attempt}/`;
}

async function readJson(site: AttackSite, key: string): Promise<Record<string, unknown>> {
  return json.parse(JSON.parse((await site.bytes(key)).toString()));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
