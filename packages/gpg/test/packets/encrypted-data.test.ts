import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { decrypt, readMessage } from "openpgp";
import { describe, expect, test } from "vitest";
import { encryptedData, ROOM_TO_SEAL } from "../../src/packets/encrypted-data.ts";

describe("encryptedData", () => {
  const lengths = fc.array(
    fc.oneof(
      fc.integer({ min: 0, max: 70_000 }),
      fc.constantFrom(1, 15, 16, 17, 190, 500, 511, 512, 513, 32_750, 32_768, 65_536),
    ),
    { maxLength: 12 },
  );

  test("is opened by openpgp.js, however the plaintext was cut and wherever its pieces stood", async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.boolean(), async (pieces, reuse) => {
        const plain = pieces.map((length) => randomBytes(length));
        const sessionKey = randomBytes(32);
        const sealed: Uint8Array[] = [];
        const source = reuse ? inOwnBlocks(plain) : inPieces(plain);
        for await (const piece of encryptedData(source, sessionKey, reuse)) sealed.push(piece);
        const opened = await decrypt({
          message: await readMessage({ binaryMessage: Buffer.concat(sealed) }),
          sessionKeys: { data: sessionKey, algorithm: "aes256" },
          format: "binary",
        });
        expect(Buffer.concat(plain).equals(Buffer.from(opened.data))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

async function* inPieces(plain: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* plain;
}

/** Shared memory with room before the bytes, as a pool of blocks gives it. */
async function* inOwnBlocks(plain: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const bytes of plain) {
    const block = new Uint8Array(new SharedArrayBuffer(ROOM_TO_SEAL + bytes.length), ROOM_TO_SEAL);
    block.set(bytes);
    yield block;
  }
}
