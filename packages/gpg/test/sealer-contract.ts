import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Recipients, readPublicKeys, ROOM_TO_SEAL, type Sealer } from "../src/index.ts";

const PASSPHRASE = "correct horse 'battery' $taple";

/** What every sealer promises, tried with stock gpg. */
export function sealerContract(name: string, create: (recipients: Recipients) => Sealer): void {
  describe(`${name} as a Sealer`, () => {
    let sealer: Sealer;
    let gpg: GpgHome;
    beforeAll(async () => {
      gpg = await createGpgHome();
      sealer = create({ passphrase: PASSPHRASE });
    });
    afterAll(async () => {
      await sealer.close();
      await gpg.remove();
    });

    const gpgDecrypt = (sealed: Uint8Array): Promise<Buffer> => gpg.decrypt(sealed, PASSPHRASE);

    test.each([
      0, 1, 191, 192, 465, 466, 467, 511, 512, 513, 65_535, 65_536, 1_048_575, 1_048_576, 1_048_577,
      5_000_000,
    ])("seals %i bytes as a message that gpg opens", async (length) => {
      const plain = randomBytes(length);
      const sealed = await collect(sealer.seal(inPieces(plain)).bytes);
      expect((await gpgDecrypt(sealed)).equals(plain)).toBe(true);
    });

    test("seals AES-256 messages with a modification detection code, iterated and salted", async () => {
      const sealed = await collect(sealer.seal(inPieces(Buffer.from("hello"))).bytes);
      const { stdout } = await gpg.run(["--list-packets"], { input: sealed });
      expect(stdout.toString()).toMatch(/symkey enc packet: version 4, cipher 9.*s2k 3/);
      expect(stdout.toString()).toMatch(/encrypted data packet:[\s\S]*mdc_method: 2/);
    });

    test("tells length and SHA-256 of the message once it has been read", async () => {
      const message = sealer.seal(inPieces(randomBytes(3_000_000)));
      expect(() => message.digest()).toThrow("not been read to its end");
      const sealed = await collect(message.bytes);
      expect(message.digest()).toEqual({
        length: sealed.length,
        sha256: createHash("sha256").update(sealed).digest("hex"),
      });
    });

    test("seals several messages at a time", async () => {
      const plains = [1, 2, 3, 4, 5].map((factor) => randomBytes(factor * 700_000));
      const sealed = await Promise.all(
        plains.map((plain) => collect(sealer.seal(inPieces(plain)).bytes)),
      );
      const opened = await Promise.all(sealed.map(gpgDecrypt));
      expect(opened.map((bytes, index) => plains[index]?.equals(bytes))).toEqual(
        plains.map(() => true),
      );
    });

    test("throws the plaintext's own error and goes on sealing", async () => {
      const torn = Object.assign(new Error("the tape tore"), { code: "TORN" });
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield randomBytes(2_000_000);
        throw torn;
      }
      await expect(collect(sealer.seal(broken()).bytes)).rejects.toBe(torn);
      const after = await collect(sealer.seal(inPieces(Buffer.from("again"))).bytes);
      expect((await gpgDecrypt(after)).toString()).toBe("again");
    });

    test("stops with the signal's reason", async () => {
      const controller = new AbortController();
      async function* endless(): AsyncGenerator<Uint8Array> {
        for (let count = 0; ; count++) {
          if (count === 5) controller.abort(new Error("cancelled"));
          yield randomBytes(1_000_000);
        }
      }
      const message = sealer.seal(endless(), { signal: controller.signal });
      await expect(collect(message.bytes)).rejects.toThrow("cancelled");
    });

    test("stops reading the plaintext when the reader of the message leaves", async () => {
      let left = false;
      async function* endless(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield randomBytes(1_000_000);
        } finally {
          left = true;
        }
      }
      let length = 0;
      for await (const piece of sealer.seal(endless()).bytes) {
        length += piece.length;
        if (length > 5_000_000) break;
      }
      await expect.poll(() => left).toBe(true);
    });

    test("leaves the plaintext to its owner unless told otherwise, in whatever memory it is", async () => {
      const pooled = Buffer.from("some bytes of Node's pool");
      const shared = new Uint8Array(new SharedArrayBuffer(70_000)).fill(7);
      const pieces = [pooled, Buffer.alloc(100_000, 8), shared, new Uint8Array(70_000).fill(9)];
      const before = Buffer.concat(pieces);
      async function* owned(): AsyncGenerator<Uint8Array> {
        yield* pieces;
      }
      const sealed = await collect(sealer.seal(owned()).bytes);
      expect((await gpgDecrypt(sealed)).equals(before)).toBe(true);
      expect(Buffer.concat(pieces).equals(before)).toBe(true);
    });

    test("gives the message in the plaintext's own buffers when it may", async () => {
      const plain = randomBytes(3_000_000);
      async function* ownBlocks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < plain.length; at += 500_000) {
          const block = new Uint8Array(ROOM_TO_SEAL + 500_000);
          block.set(plain.subarray(at, at + 500_000), ROOM_TO_SEAL);
          yield block.subarray(ROOM_TO_SEAL);
        }
      }
      const lengths: number[] = [];
      const pieces: Uint8Array[] = [];
      for await (const piece of sealer.seal(ownBlocks(), { ownBlocks: true }).bytes) {
        lengths.push(piece.buffer.byteLength);
        pieces.push(piece);
      }
      expect(lengths.filter((length) => length === ROOM_TO_SEAL + 500_000)).toHaveLength(6);
      expect((await gpgDecrypt(Buffer.concat(pieces))).equals(plain)).toBe(true);
    });

    test("seals to a passphrase and to keys: each opens it alone", async () => {
      const owners = await Promise.all([createGpgHome(), createGpgHome()]);
      const [alice, bob] = owners;
      const kinds = ["rsa", "cv25519"] as const;
      const files = await Promise.all(
        owners.map(async (owner, index) => {
          const fingerprint = await owner.makeKey(kinds[index] ?? "rsa");
          await writeFile(join(owner.folder, "key"), await owner.export([fingerprint]));
          return join(owner.folder, "key");
        }),
      );
      const publicKeys = await readPublicKeys(files);
      const toAll = create({ passphrase: PASSPHRASE, publicKeys });
      const toKeys = create({ publicKeys });
      const plain = randomBytes(100_000);
      const [forAll, forKeys] = await Promise.all([
        collect(toAll.seal(inPieces(plain)).bytes),
        collect(toKeys.seal(inPieces(plain)).bytes),
      ]);
      for (const sealed of [forAll, forKeys]) {
        for (const owner of [alice, bob]) {
          expect((await owner.decrypt(sealed)).equals(plain)).toBe(true);
        }
      }
      expect((await gpg.decrypt(forAll, PASSPHRASE)).equals(plain)).toBe(true);
      await expect(gpg.decrypt(forKeys, PASSPHRASE)).rejects.toThrow("No secret key");
      await Promise.all([
        ...[toAll, toKeys].map((each) => each.close()),
        ...owners.map((owner) => owner.remove()),
      ]);
    });

    test("refuses an empty passphrase, and to seal to nobody", () => {
      expect(() => create({ passphrase: "" })).toThrow("The passphrase is empty.");
      expect(() => create({ publicKeys: [] })).toThrow(
        "There is neither a passphrase nor a public key.",
      );
    });
  });
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_048_576) {
    yield Uint8Array.from(bytes.subarray(at, at + 1_048_576));
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
