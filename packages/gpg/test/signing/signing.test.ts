import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome, type GpgHome } from "../../src/home/index.ts";
import {
  armor,
  createMessage,
  encryptKey,
  enums,
  generateKey,
  readPrivateKey,
  sign,
} from "openpgp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createSigningKey,
  openSigner,
  readSigners,
  type Signer,
  type SigningKey,
  type Verifier,
} from "../../src/index.ts";

const BYTES = Buffer.from('{"format":1}\n');

let gpg: GpgHome;
let key: SigningKey;
let signer: Signer;
let signature: Uint8Array;
beforeAll(async () => {
  gpg = await createGpgHome();
  key = await createSigningKey();
  signer = await openSigner(key.secret);
  signature = await signer.sign(BYTES);
});
afterAll(async () => await gpg.remove());

async function gpgVerifies(bytes: Uint8Array, detached: Uint8Array): Promise<string> {
  const [file, sig] = [join(gpg.folder, "signed"), join(gpg.folder, "signature")];
  await writeFile(file, bytes);
  await writeFile(sig, detached);
  const { status, stdout } = await gpg.run(["--status-fd", "1", "--verify", sig, file]);
  return `${status}: ${stdout.toString()}`;
}

describe("A signing key", () => {
  test("is Ed25519, signs and does nothing else, never expires, has no passphrase", async () => {
    await gpg.run(["--import"], { input: key.secret });
    const { stdout } = await gpg.run(["--with-colons", "--list-secret-keys", key.fingerprint]);
    expect(stdout.toString()).toMatch(/^sec:[^:]*:255:22:[0-9A-F]{16}:\d+:::[^:]*:::scSC:/m);
    expect(stdout.toString()).not.toContain("ssb:");
    const signed = await gpg.run(["--detach-sign", "-u", key.fingerprint], { input: BYTES });
    expect(await (await readSigners([key.public])).verify(BYTES, signed.stdout)).toBe(
      key.fingerprint,
    );
  });

  test("has a fingerprint in capitals, which its signer has, too", () => {
    expect(key.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(signer.fingerprint).toBe(key.fingerprint);
    expect(signer.publicKey).toContain("BEGIN PGP PUBLIC KEY BLOCK");
  });

  test("is another one each time", async () => {
    expect((await createSigningKey()).fingerprint).not.toBe(key.fingerprint);
  });
});

test("gpg verifies a signature after the import of the public key, and no changed bytes", async () => {
  await gpg.run(["--import"], { input: signer.publicKey });
  expect(await gpgVerifies(BYTES, signature)).toMatch(
    new RegExp(`^0: [\\s\\S]*VALIDSIG ${key.fingerprint}`),
  );
  expect(await gpgVerifies(Buffer.from('{"format":2}\n'), signature)).toMatch(/^1: .*BADSIG/s);
});

describe("A verifier", () => {
  test("returns whose signature it is", async () => {
    const other = await createSigningKey();
    const verifier = await readSigners([other.public, key.public]);
    const byOther = await (await openSigner(other.secret)).sign(BYTES);
    expect(await verifier.verify(BYTES, signature)).toBe(key.fingerprint);
    expect(await verifier.verify(BYTES, byOther)).toBe(other.fingerprint);
    expect(
      await (await readSigners([`${other.public}\n${key.public}`])).verify(BYTES, signature),
    ).toBe(key.fingerprint);
  });

  test("returns nothing for what no trusted key has signed", async () => {
    const verifier = await readSigners([key.public]);
    const stranger = await openSigner((await createSigningKey()).secret);
    const binary = await readPrivateKey({ armoredKey: key.secret });
    const ofText = await sign({
      message: await createMessage({ text: BYTES.toString() }),
      signingKeys: binary,
      detached: true,
      format: "binary",
    });
    const untrusted: readonly (readonly [Uint8Array, Uint8Array])[] = [
      [BYTES, await stranger.sign(BYTES)],
      [Buffer.from('{"format":2}\n'), signature],
      [new Uint8Array(0), signature],
      [BYTES, new Uint8Array(0)],
      [BYTES, Buffer.from("no signature")],
      [BYTES, signature.subarray(0, -1)],
      [BYTES, Buffer.concat([signature, signature])],
      [BYTES, Buffer.concat(Array(100).fill(signature))],
      [BYTES, ofText],
      ...covered().map((at): readonly [Uint8Array, Uint8Array] => {
        return [BYTES, signature.with(at, (signature[at] ?? 0) ^ 1)];
      }),
    ];
    const verified = await Promise.all(untrusted.map((pair) => verifier.verify(...pair)));
    expect(verified.filter((fingerprint) => fingerprint !== undefined)).toEqual([]);
    expect(await (await readSigners([])).verify(BYTES, signature)).toBeUndefined();
  });

  test("believes a key that has expired since, and refuses one that was revoked", async () => {
    const options = { made: "20200101T000000", expires: "1d" };
    const expired = await gpg.makeKey("sign-only", options);
    const args = ["--faked-system-time", "20200101T120000", "-u", expired, "--detach-sign"];
    const { stdout: made } = await gpg.run(args, { input: BYTES });
    const trusted = (await gpg.export([expired], "--armor")).toString();
    expect(await (await readSigners([trusted])).verify(BYTES, made)).toBe(expired);
    const revoked = await gpg.makeKey("sign-only");
    await gpg.revoke(revoked);
    const armored = (await gpg.export([revoked], "--armor")).toString();
    await expect(readSigners([key.public, armored])).rejects.toMatchObject({
      code: "key-unusable",
      message: `The key ${revoked} of signer 2 cannot be trusted: it is revoked.`,
    });
  });

  test("is not made of what is no public key", async () => {
    // A packet that openpgp.js cannot parse, in a block that is whole.
    const cut = armor(enums.armor.publicKey, Buffer.from("c60604000000011f", "hex"));
    for (const text of ["", "hello", key.secret, key.public.slice(0, 200), cut]) {
      await expect(readSigners([text])).rejects.toMatchObject({ code: "key-file" });
    }
    const reading: unknown = Reflect.apply(readSigners, undefined, [[5]]);
    await expect(reading).rejects.toMatchObject({ code: "invalid-input" });
  });

  test("refuses a text in place of the signed bytes", async () => {
    const verifier = await readSigners([key.public]);
    const verify: Verifier["verify"] = (...given) => verifier.verify(...given);
    await expect(Reflect.apply(verify, undefined, ["text", signature])).rejects.toMatchObject({
      code: "invalid-input",
    });
  });

  /** Where a signature may not change: its header, what is signed of it, and the second half of the curve's two numbers. */
  function covered(): number[] {
    const hashed = 2 + 6 + Buffer.from(signature).readUInt16BE(6);
    return [...signature.keys()].filter((at) => at < hashed || at >= signature.length - 31);
  }
});

test("A signer is not made of a key that cannot sign, nor does it name the key", async () => {
  const privateKey = await readPrivateKey({ armoredKey: key.secret });
  const withPassphrase = (await encryptKey({ privateKey, passphrase: "my secret" })).armor();
  for (const secret of ["", "hello", key.public, withPassphrase, key.secret.slice(0, 200)]) {
    const failed = openSigner(secret);
    await expect(failed).rejects.toMatchObject({ code: "key-unusable" });
    await expect(failed).rejects.not.toThrow(/my secret|BEGIN|xVg/);
  }
  const signs: Signer["sign"] = (bytes) => signer.sign(bytes);
  await expect(Reflect.apply(signs, undefined, ["text"])).rejects.toMatchObject({
    code: "invalid-input",
  });
  await expect(Reflect.apply(openSigner, undefined, [Buffer.from("key")])).rejects.toMatchObject({
    code: "invalid-input",
  });
});

test("A key that was made while the clock was fast signs what its verifier believes", async () => {
  const { privateKey, publicKey } = await generateKey({
    userIDs: [{ name: "Tomorrow" }],
    date: new Date(Date.now() + 86_400_000),
    format: "object",
  });
  const early = await openSigner(privateKey.armor());
  const verifier = await readSigners([publicKey.armor()]);
  expect(await verifier.verify(BYTES, await early.sign(BYTES))).toBe(early.fingerprint);
});
