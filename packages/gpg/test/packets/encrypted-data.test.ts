import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { decrypt, readMessage } from "openpgp";
import { describe, expect, test } from "vitest";
import { decryptData } from "../../src/data-key/decrypt-data.ts";
import { AES_BLOCK } from "../../src/packets/cfb-cipher.ts";
import { encryptInPlace, type Lead, leadOf, TRAILER } from "../../src/packets/encrypted-data.ts";
import { packetAt } from "../../src/packets/packet-at.ts";

describe("encryptInPlace", () => {
  test("is opened by openpgp.js, whatever the length", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 140_000 }), async (length) => {
        const [plain, sessionKey] = [randomBytes(length), randomBytes(32)];
        const { data } = await decrypt({
          message: await readMessage({ binaryMessage: encrypted(plain, sessionKey).message }),
          sessionKeys: { data: sessionKey, algorithm: "aes256" },
          format: "binary",
        });
        expect(plain.equals(Buffer.from(data))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  const WINDOW = 32_768;
  test.each([
    [0, 400],
    [8200, 8400],
    [WINDOW - 80, WINDOW + 20],
    [2 * WINDOW - 80, 2 * WINDOW + 20],
  ])("writes one packet of definite length for each length from %i to %i", (least, most) => {
    const sessionKey = randomBytes(32);
    for (let length = least; length <= most; length++) {
      const plain = randomBytes(length);
      const { message, sha256 } = encrypted(plain, sessionKey);
      const packet = packetAt(message, 0);
      expect(packet).toMatchObject({ tag: 18, end: message.length });
      const opened = decryptData(message.subarray(packet?.body), sessionKey);
      expect(plain.equals(opened)).toBe(true);
      expect(sha256).toBe(createHash("sha256").update(message).digest("hex"));
    }
  });

  test("pauses after each MiB", () => {
    const { pauses } = encrypted(Buffer.alloc(5_300_000), randomBytes(32));
    expect(pauses).toBe(5);
  });
});

test.each([
  ["another packet than a literal one", 0, 0xc0 | 8],
  ["a literal packet that is shorter", 1, 15],
  ["a literal packet that is longer", 1, 17],
  ["no packet", 0, 0],
])("What holds %s is not opened, although it is proved to be unchanged", (_, at, byte) => {
  const sessionKey = randomBytes(32);
  const change = ({ hidden }: Lead): void => hidden.set([byte], AES_BLOCK + 2 + at);
  const { message } = encrypted(Buffer.alloc(10), sessionKey, change);
  const { body } = packetAt(message, 0) ?? {};
  expect(() => decryptData(message.subarray(body), sessionKey)).toThrow(
    expect.objectContaining({ code: "bad-message" }),
  );
});

function encrypted(
  plain: Buffer,
  sessionKey: Uint8Array,
  change: (lead: Lead) => void = () => {},
): { message: Uint8Array; sha256: string; pauses: number } {
  const lead = leadOf(new Uint8Array(0), plain.length);
  change(lead);
  const { clear, hidden } = lead;
  const message = Buffer.concat([clear, hidden, plain, Buffer.alloc(TRAILER)]);
  const steps = encryptInPlace(message, clear.length, sessionKey);
  for (let pauses = 0; ; pauses++) {
    const step = steps.next();
    if (step.done === true) return { message, sha256: step.value, pauses };
  }
}
