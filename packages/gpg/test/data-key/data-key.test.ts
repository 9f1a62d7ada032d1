import { createGpgHome, type GpgHome } from "../../src/home/index.ts";
import fc from "fast-check";
import { createMessage, encrypt } from "openpgp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createEncryptor,
  decryptDataKey,
  encryptDataKey,
  newDataKey,
  type PublicKey,
} from "../../src/index.ts";
import { packetAt } from "../../src/packets/packet-at.ts";
import { makePublicKeys } from "../../src/contract/make-public-keys.ts";

const PASSPHRASE = "correct horse 'battery' $taple";
const dataKey = newDataKey();

let gpg: GpgHome;
let publicKeys: readonly PublicKey[];
let message: Uint8Array;
beforeAll(async () => {
  gpg = await createGpgHome();
  publicKeys = await makePublicKeys(gpg, ["cv25519"]);
  message = await encryptDataKey(dataKey, { passphrase: PASSPHRASE });
});
afterAll(async () => await gpg.remove());

test("Data keys are 64 hexadecimal digits, another one each time", () => {
  const keys = Array.from({ length: 100 }, newDataKey);
  expect(keys.filter((key) => !/^[0-9a-f]{64}$/.test(key))).toEqual([]);
  expect(new Set(keys).size).toBe(100);
});

test("gpg prints the data key as a line, of a message at its own strength", async () => {
  expect((await gpg.decrypt(message, PASSPHRASE)).toString()).toBe(`${dataKey}\n`);
  const { stdout } = await gpg.run(["--list-packets"], { input: message, passphrase: PASSPHRASE });
  expect(stdout.toString()).toContain("count 65011712");
});

test("A data key comes back, also if public keys open its message as well", async () => {
  const both = await encryptDataKey(dataKey, { passphrase: PASSPHRASE, publicKeys });
  expect(await decryptDataKey(message, PASSPHRASE)).toBe(dataKey);
  expect(await decryptDataKey(both, PASSPHRASE)).toBe(dataKey);
  expect((await gpg.decrypt(both)).toString()).toBe(`${dataKey}\n`);
});

test("Another passphrase opens nothing, and stands in no error", async () => {
  for (let count = 0; count < 5; count++) {
    const failed = decryptDataKey(message, `my secret ${count}`);
    await expect(failed).rejects.toMatchObject({ code: "decryption-failed" });
    await expect(failed).rejects.not.toThrow(/my secret|correct/);
  }
});

test("A changed message is refused, whichever byte it is", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: message.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const changed = Uint8Array.from(message, (byte, i) => (i === at ? byte ^ change : byte));
        await expect(decryptDataKey(changed, PASSPHRASE)).rejects.toMatchObject({
          code: expect.stringMatching(/^(decryption-failed|bad-message)$/),
        });
      },
    ),
    { numRuns: 30 },
  );
});

describe("Other messages are refused at once:", () => {
  const encrypted = async (text: string): Promise<Uint8Array> =>
    (await createEncryptor({ passphrase: PASSPHRASE }).encrypt(Buffer.from(text))).bytes;

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["nothing", () => new Uint8Array(0)],
    ["a text", () => Buffer.from("hello\n")],
    ["a truncated message", () => message.subarray(0, -1)],
    ["something behind it", () => Buffer.concat([message, message])],
    ["two passphrases", () => Buffer.concat([message.subarray(0, 48), message])],
    ["a literal packet", () => Buffer.from("cb47620000000000", "hex")],
    ["a message to public keys alone", () => encryptDataKey(dataKey, { publicKeys })],
    ["a message to a data key", async () => (await toDataKey()).bytes],
    ["another content", () => encrypted("another secret\n")],
    ["a data key without a line feed", () => encrypted(dataKey)],
    ["a data key in capitals", () => encrypted(`${dataKey.toUpperCase()}\n`)],
    ["many passphrases", () => Buffer.alloc(100_000, message.subarray(0, 48))],
    ["one of gpg with its own options", () => ofGpg()],
    ["one with AEAD", () => withAead()],
    ["one whose data has another version", () => withDataVersion2()],
  ])("%s", async (_, make) => {
    await expect(decryptDataKey(await make(), PASSPHRASE)).rejects.toMatchObject({
      code: "bad-message",
    });
  });

  const toDataKey = (): Promise<{ bytes: Uint8Array }> =>
    createEncryptor({ dataKey }).encrypt(Buffer.from(`${dataKey}\n`));
  const ofGpg = async (): Promise<Uint8Array> =>
    (await gpg.run(["--symmetric"], { input: `${dataKey}\n`, passphrase: PASSPHRASE })).stdout;
  const withDataVersion2 = (): Uint8Array => {
    const sessionKey = packetAt(message, 0);
    return message.with(packetAt(message, sessionKey?.end ?? 0)?.body ?? 0, 2);
  };
  const withAead = async (): Promise<Uint8Array> =>
    await encrypt({
      message: await createMessage({ text: `${dataKey}\n` }),
      passwords: PASSPHRASE,
      format: "binary",
      config: { aeadProtect: true },
    });
});

test.each<[string, unknown, unknown]>([
  ["a message that is a string", "message", PASSPHRASE],
  ["no passphrase", new Uint8Array(100), undefined],
])("%s is refused as input", async (_, given, passphrase) => {
  const decrypting: unknown = Reflect.apply(decryptDataKey, undefined, [given, passphrase]);
  await expect(decrypting).rejects.toMatchObject({ code: "invalid-input" });
});

test("A data key of another form is not encrypted", async () => {
  await expect(encryptDataKey("secret", { passphrase: PASSPHRASE })).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.not.stringContaining("secret"),
  });
  await expect(encryptDataKey(dataKey, {})).rejects.toMatchObject({ code: "no-recipient" });
});
