import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { Duplex } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Recipients, Sealer } from "../src/index.ts";

const PASSPHRASE = "correct horse 'battery' $taple";

/** What every sealer promises, tried with stock gpg. */
export function sealerContract(name: string, create: (recipients: Recipients) => Sealer): void {
  describe(`${name} as a Sealer`, () => {
    let sealer: Sealer;
    beforeAll(() => {
      sealer = create({ passphrase: PASSPHRASE });
    });
    afterAll(async () => await sealer.close());

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
      const packets = await gpg(["--list-packets", "--batch"], sealed);
      expect(packets.stdout.toString()).toMatch(/symkey enc packet: version 4, cipher 9.*s2k 3/);
      expect(packets.stdout.toString()).toMatch(/encrypted data packet:[\s\S]*mdc_method: 2/);
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

    test("gives the message in the plaintext's own buffers when it may", async () => {
      const plain = randomBytes(3_000_000);
      async function* ownBlocks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < plain.length; at += 500_000) {
          const block = new Uint8Array(501_000);
          block.set(plain.subarray(at, at + 500_000));
          yield block.subarray(0, 500_000);
        }
      }
      const lengths: number[] = [];
      const pieces: Uint8Array[] = [];
      for await (const piece of sealer.seal(ownBlocks(), { ownBlocks: true }).bytes) {
        lengths.push(piece.buffer.byteLength);
        pieces.push(piece);
      }
      expect(lengths.filter((length) => length === 501_000)).toHaveLength(6);
      expect((await gpgDecrypt(Buffer.concat(pieces))).equals(plain)).toBe(true);
    });

    test("refuses an empty passphrase", () => {
      expect(() => create({ passphrase: "" })).toThrow("The passphrase is empty.");
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

async function gpgDecrypt(sealed: Buffer): Promise<Buffer> {
  const { stdout, status } = await gpg(
    ["--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase-fd", "3", "--decrypt"],
    sealed,
  );
  if (status !== 0) throw new Error(`gpg ended with status ${status}.`);
  return stdout;
}

async function gpg(
  args: readonly string[],
  input: Buffer,
): Promise<{ stdout: Buffer; status: number | null }> {
  const child = spawn("gpg", ["--passphrase-repeat", "0", ...args], {
    stdio: ["pipe", "pipe", "ignore", "pipe"],
  });
  const [stdin, stdout, , passphrase] = child.stdio;
  if (stdin === null || stdout === null) throw new Error("gpg has no pipes.");
  if (!(passphrase instanceof Duplex)) throw new Error("gpg has no pipe for the passphrase.");
  // gpg may end before it has read all: its exit status tells.
  for (const pipe of [stdin, passphrase]) pipe.on("error", () => {});
  passphrase.end(PASSPHRASE);
  stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { stdout: await collect(stdout), status: await closed };
}
