// Archives that were forged without the passphrase and without the signing key. Each was restored once with "all chunks were as archived".
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createEncryptor,
  encryptDataKey,
  newDataKey,
  type PublicKey,
  readPublicKeys,
  type Signer,
} from "@backuppc-archive-s3/gpg";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/gpg/home";
import { listTree } from "@backuppc-archive-s3/test-rig";
import type { ArchiveId } from "@backuppc-archive-s3/backup-catalog";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { attemptOf, storeArchive, type StoreOptions } from "../store-archive.ts";
import { tarSlices } from "../tar-slices.ts";
import type { Vault } from "../vault.ts";
import { type AttackSite, openAttackSite, well } from "./attack-site.ts";
import {
  folderOf,
  forgersVault,
  literalPacket,
  openForger,
  type Replay,
  replay,
} from "./forger.ts";

const PASSPHRASE_ALONE = { passphrase: true, recipients: [], subkeys: [] };
let site: AttackSite;
let forger: Signer;
let keyring: GpgHome;
/** A key of the one who restores, in his own keyring. */
let recipient: string;
let [genuine, radagast]: ArchiveId[] = [];

beforeAll(async () => {
  site = await openAttackSite();
  forger = await openForger();
  keyring = await createGpgHome();
  recipient = await keyring.makeKey("cv25519");
  for (const host of ["merlin", "radagast"]) well(await site.archive(host, 1));
  genuine = (await site.complete("merlin"))[0]?.id;
  radagast = (await site.complete("radagast"))[0]?.id;
});
afterAll(async () => {
  await keyring.remove();
  await site.close();
});
afterEach(async () => {
  await site.configure("manager", {});
  await site.store.delete(await site.keys("archives/merlin/2/"));
});

describe("Neither script nor verify takes an archive for genuine, and with --accept-unverified nothing of it is restored:", () => {
  test.each<[string, () => Promise<void>]>([
    ["of literal packets", literalPackets],
    ["that says it is not encrypted", inTheClear],
    ["encrypted to a key of the restorer's keyring", toKeyOfKeyring],
    ["whose data key is encrypted to a key of the restorer's keyring", dataKeyToKeyring],
    ["whose data key is a literal packet", dataKeyInTheClear],
    ["whose SHA256SUMS were left out", withoutSums],
    ["of another host's chunks", ofAnotherHost],
    ["that is an old backup under a new attempt id", oldUnderNewId],
  ])("one %s", async (_, forge) => {
    await forge();
    const newest = well(
      await site.manage(["script", "-H", "merlin", "-f", join(site.folder, "x.sh")]),
    );
    expect(newest.stderr).toMatch(/merlin 2 of .* is passed over: /);
    const verify = ["verify", "-H", "merlin", "-b", "2", "--data"];
    await failsVerify(verify);
    await site.configure("manager", { signers: [] });
    await failsVerify(verify);
    const env = { GNUPGHOME: keyring.folder };
    const { script, run, target } = await site.restore("merlin", 2, ["--accept-unverified"], env);
    // Refused by backup-manager, or by the script that it wrote.
    expect(script.status === 0 ? run?.status : 1).toBe(1);
    expect(await listTree(target).catch(() => [])).toEqual([]);
  });
});

/** Not verified, if nothing else is wrong with it. */
async function failsVerify(verify: readonly string[]): Promise<void> {
  const { status, stdout } = await site.manage(verify);
  expect([1, 13]).toContain(status);
  expect(stdout).not.toMatch(/\bintact\b/);
}

test("An archive for public keys alone, which anybody with the public key can forge, is taken only unverified, and the script warns", async () => {
  await publicKey();
  const recipients = [join(site.folder, "recipient.asc")];
  await site.configure("manager", { passphrase: undefined, recipients });
  await toKeyOfKeyring();
  expect((await site.restore("merlin", 2)).script.status).not.toBe(0);
  const env = { GNUPGHOME: keyring.folder };
  const { script, run } = await site.restore("merlin", 2, ["--accept-unverified"], env);
  expect(script.stderr).toContain("is NOT VERIFIED");
  expect(run?.stderr).toMatch(/^Warning: no trusted signature of this archive was verified/m);
});

test("A genuine archive beside forged ones is restored", async () => {
  await literalPackets();
  const { run, target } = await site.restore("merlin", 1);
  expect(run).toMatchObject({ status: 0 });
  expect(await listTree(target)).toEqual(await listTree(site.tree));
});

test("A further data key that opens nothing is found, and does no harm once it is deleted", async () => {
  const key = `${folderOf(known(radagast))}KEY.2.gpg`;
  await overwrite(key, literalPacket(Buffer.from(`${newDataKey()}\n`)));
  const verified = await site.manage(["verify", "-H", "radagast", "--data"]);
  expect(verified.status).toBe(13);
  expect(verified.stdout).toContain("the data key is damaged");
  await site.store.delete([key]);
  well(await site.manage(["verify", "-H", "radagast", "--data"]));
});

test("Chunks and sums of a signed archive that are replaced by literal packets are refused", async () => {
  well(await site.archive("saruman", 1));
  for (const key of await site.keys("chunks/saruman/"))
    await overwrite(key, literalPacket(await site.bytes(key)));
  const { run, target } = await site.restore("saruman", 1);
  expect(run?.status).toBe(1);
  expect(await listTree(target).catch(() => [])).toEqual([]);
  const [archive] = await site.complete("saruman");
  await overwrite(`${folderOf(known(archive?.id))}SHA256SUMS.gpg`, literalPacket(Buffer.from("#")));
  await overwrite(`${folderOf(known(archive?.id))}members.0001.gz.gpg`, Buffer.from("#"));
  const verified = await site.manage(["verify", "-H", "saruman", "--data"]);
  expect(verified.status).toBe(13);
  expect(verified.stdout).toMatch(/members\.0001\.gz\.gpg.*has another SHA-256/);
  expect(verified.stdout).toMatch(/SHA256SUMS\.gpg.*has another SHA-256/);
});

async function overwrite(key: string, bytes: Uint8Array): Promise<void> {
  await site.store.put(key, bytesBody(bytes));
}

async function literalPackets(): Promise<void> {
  await forged({
    encryption: PASSPHRASE_ALONE,
    key: await genuineKey(),
    encrypt: async (plain) => literalPacket(plain),
  });
}

async function inTheClear(): Promise<void> {
  await forged({ encryption: null, key: undefined, encrypt: async (plain) => plain });
}

async function toKeyOfKeyring(): Promise<void> {
  const publicKeys = await publicKey();
  const encryptor = createEncryptor({ publicKeys });
  const subkeys = publicKeys.map(({ subkey }) => subkey);
  await forged({
    encryption: { passphrase: false, recipients: [recipient], subkeys },
    key: undefined,
    encrypt: async (plain) => (await encryptor.encrypt(Uint8Array.from(plain))).bytes,
  });
  await encryptor.close();
}

/** The restorer's, as anybody may have it. */
async function publicKey(): Promise<PublicKey[]> {
  const file = join(site.folder, "recipient.asc");
  await writeFile(file, await keyring.export([recipient], "--armor"));
  return await readPublicKeys([file]);
}

/** The forger's own data key, which the restorer's secret key opens before anybody asks for the passphrase. */
async function dataKeyToKeyring(): Promise<void> {
  const dataKey = newDataKey();
  const encryptor = createEncryptor({ dataKey });
  const publicKeys = await publicKey();
  const subkeys = publicKeys.map(({ subkey }) => subkey);
  await forged({
    encryption: { passphrase: true, recipients: [recipient], subkeys },
    key: await encryptDataKey(dataKey, { passphrase: "the forger's own", publicKeys }),
    encrypt: async (plain) => (await encryptor.encrypt(Uint8Array.from(plain))).bytes,
  });
  await encryptor.close();
}

/** The forger's own data key, which was never encrypted: then it opens all that the forger encrypted with it. */
async function dataKeyInTheClear(): Promise<void> {
  const dataKey = newDataKey();
  const encryptor = createEncryptor({ dataKey });
  await forged({
    encryption: PASSPHRASE_ALONE,
    key: literalPacket(Buffer.from(`${dataKey}\n`)),
    encrypt: async (plain) => (await encryptor.encrypt(Uint8Array.from(plain))).bytes,
  });
  await encryptor.close();
}

async function withoutSums(): Promise<void> {
  await replayed({ from: known(genuine), without: /^SHA256SUMS/ });
}

async function ofAnotherHost(): Promise<void> {
  await replayed({ from: known(radagast) });
}

async function oldUnderNewId(): Promise<void> {
  await replayed({ from: known(genuine) });
}

/** As backup 2 of merlin, made just now. */
async function replayed(how: Pick<Replay, "from" | "without">): Promise<void> {
  const now = new Date(Date.now() + 1000).toISOString();
  const changeHead = { started: now, finished: now };
  await replay(site, forger, { to: newId(), changeHead, ...how });
}

/** Backup 2 of merlin, newer than the genuine one. */
function newId(): ArchiveId {
  return { host: "merlin", number: 2, attempt: attemptOf(-1 / 86_400) };
}

async function forged(how: Pick<Vault, "encryption" | "key" | "encrypt">): Promise<void> {
  const options: StoreOptions = { slices: tarSlices(), gzip: true };
  const vault = forgersVault(forger, how);
  await storeArchive({ store: site.store, vault }, newId(), options);
}

async function genuineKey(): Promise<Uint8Array> {
  return await site.bytes(`${folderOf(known(genuine))}KEY.1.gpg`);
}

function known(id: ArchiveId | undefined): ArchiveId {
  if (id === undefined) throw new Error("There is no archive.");
  return id;
}
