import { decryptDataKey, encryptDataKey, newDataKey } from "@backuppc-archive-s3/gpg";
import { type PublicKey, readPublicKeys } from "@backuppc-archive-s3/gpg";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/gpg/home";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { putNewKey } from "../../src/rekey/put-new-key.ts";
import type { Site } from "../../src/site.ts";
import { siteOf } from "../site-of.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const ID = { host: "gandalf", number: 7, attempt: attemptOf(2) };
const RULES = { old: "old", new: "new", test: false };

let gpg: GpgHome;
let folder: string;
let publicKey: PublicKey;
beforeAll(async () => {
  gpg = await createGpgHome();
  folder = await mkdtemp(join(tmpdir(), "put-new-key-"));
  const fingerprint = await gpg.makeKey("cv25519");
  const file = join(folder, "key.asc");
  await writeFile(file, await gpg.export([fingerprint], "--armor"));
  const [key] = await readPublicKeys([file]);
  if (key === undefined) throw new Error("no key");
  publicKey = key;
});
afterAll(async () => {
  await gpg.remove();
  await rm(folder, { recursive: true });
});

let site: Site;
let dataKey: string;
beforeEach(() => {
  site = siteOf(createMemoryStore());
  dataKey = newDataKey();
});

async function archive(recipients: readonly string[] = []): Promise<void> {
  const encryption = { passphrase: true, recipients, subkeys: recipients };
  const key = await encryptDataKey(dataKey, { passphrase: "old" });
  await storeArchive({ store: site.store, vault: { ...PLAIN_VAULT, encryption, key } }, ID);
}

test("an archive without a data key is left alone", async () => {
  await storeArchive({ store: site.store, vault: PLAIN_VAULT }, ID);
  expect(await putNewKey(ID, RULES, site)).toEqual({ kind: "without" });
});

test("the same data key is put again, and the older one stays for now", async () => {
  await archive();
  expect(await putNewKey(ID, RULES, site)).toEqual({ kind: "changed", serial: 2 });
  const key = await site.catalog.readKey(ID);
  expect(key?.serial).toBe(2);
  expect(await decryptDataKey(key?.message ?? new Uint8Array(), "new")).toBe(dataKey);
  await expect(site.store.get(`archives/gandalf/7/${ID.attempt}/KEY.1.gpg`)).resolves.toBeDefined();
  expect(await putNewKey(ID, RULES, site)).toEqual({ kind: "unchanged", serial: 2 });
});

test("a put whose answer was lost counts if it is there", async () => {
  await archive();
  const { writer } = site;
  const putKey: typeof writer.putKey = async (...args) => {
    await writer.putKey(...args);
    await writer.putKey(...args);
  };
  const lost = { ...site, writer: { ...writer, putKey } };
  expect(await putNewKey(ID, RULES, lost)).toEqual({ kind: "changed", serial: 2 });
});

test("a key that the store does not show is an error, so that the older one is not deleted", async () => {
  await archive();
  const lying = { ...site, writer: { ...site.writer, putKey: async () => {} } };
  await expect(putNewKey(ID, RULES, lying)).rejects.toMatchObject({
    code: "cannot-decrypt",
    message: "KEY.2.gpg is not what was stored",
  });
});

test("a store that fails is an error", async () => {
  await archive();
  const putKey = async (): Promise<never> =>
    await Promise.reject(new StoreError("unreachable", "no line", { permanent: false }));
  const broken = { ...site, writer: { ...site.writer, putKey } };
  await expect(putNewKey(ID, RULES, broken)).rejects.toThrow("no line");
});

describe("an archive for public keys as well", () => {
  test("is encrypted to them again", async () => {
    await archive([publicKey.fingerprint]);
    const withKeys = { ...site, recipients: async () => [publicKey] };
    expect(await putNewKey(ID, RULES, withKeys)).toMatchObject({ kind: "changed" });
    const key = await site.catalog.readKey(ID);
    const plain = await gpg.decrypt(key?.message ?? new Uint8Array());
    expect(plain.toString()).toBe(`${dataKey}\n`);
  });

  test("is refused where the configuration lacks one of them", async () => {
    await archive([publicKey.fingerprint]);
    await expect(putNewKey(ID, RULES, site)).rejects.toMatchObject({
      code: "cannot-decrypt",
      message: expect.stringContaining(publicKey.fingerprint),
      hint: "Name the file of that public key in `recipients`.",
    });
  });
});
