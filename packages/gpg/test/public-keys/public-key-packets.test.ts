// Each kind of key, with stock gpg: what is encrypted to it opens, in the form that old gpg reads.
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome, type GpgHome, type KeyKind } from "../../src/home/index.ts";
import { generateKey } from "openpgp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEncryptor, type PublicKey, readPublicKeys } from "../../src/index.ts";

const PLAIN = randomBytes(1000);

let home: GpgHome;
beforeAll(async () => {
  home = await createGpgHome();
});
afterAll(async () => await home.remove());

async function encryptedTo(publicKeys: readonly PublicKey[]): Promise<Uint8Array> {
  return (await createEncryptor({ publicKeys }).encrypt(PLAIN)).bytes;
}

async function read(exported: Uint8Array, now?: Date): Promise<PublicKey[]> {
  const file = join(home.folder, "exported");
  await writeFile(file, exported);
  return await readPublicKeys([file], now);
}

const KINDS: readonly KeyKind[] = [
  "rsa",
  "rsa alone",
  "cv25519",
  "nistp256",
  "nistp384",
  "nistp521",
  "elgamal",
];

test.each(KINDS)("A message to a key of the kind %s opens", async (kind) => {
  const fingerprint = await home.makeKey(kind);
  const message = await encryptedTo(await read(await home.export([fingerprint])));
  expect((await home.decrypt(message)).equals(PLAIN)).toBe(true);
});

test("A key that asks for an AEAD dialect gets what gpg 2.2 reads", async () => {
  const { privateKey, publicKey } = await generateKey({
    type: "ecc",
    curve: "curve25519Legacy",
    userIDs: [{ name: "Modern" }],
    config: { aeadProtect: true, v6Keys: false },
    format: "binary",
  });
  await home.run(["--import"], { input: privateKey });
  const message = await encryptedTo(await read(publicKey));
  const { stdout } = await home.run(["--list-packets"], { input: message });
  expect(stdout.toString()).toMatch(/pubkey enc packet: version 3[\s\S]*mdc_method: 2/);
  expect((await home.decrypt(message)).equals(PLAIN)).toBe(true);
});

test("A key with several encryption subkeys gets the newest that is valid", async () => {
  const fingerprint = await home.makeKey("cv25519", { made: "20200101T000000" });
  const add = (made: string, expires: string): Promise<unknown> =>
    home.run([
      "--faked-system-time",
      made,
      "--quick-add-key",
      fingerprint,
      "rsa2048",
      "encr",
      expires,
    ]);
  await add("20200201T000000", "0");
  await add("20200301T000000", "1d");
  const message = await encryptedTo(await read(await home.export([fingerprint])));
  const { stdout } = await home.run(["--list-packets"], { input: message });
  expect(stdout.toString()).toMatch(/pubkey enc packet: version 3, algo 1,/);
  expect((await home.decrypt(message)).equals(PLAIN)).toBe(true);
});

test("A key that expires while the archive runs is used until its end", async () => {
  const fingerprint = await home.makeKey("cv25519", { made: "20200101T000000", expires: "1d" });
  const keys = await read(await home.export([fingerprint]), new Date("2020-01-01T12:00Z"));
  expect((await home.decrypt(await encryptedTo(keys))).equals(PLAIN)).toBe(true);
});
