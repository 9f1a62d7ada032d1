import { createCipheriv, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { CfbCipher } from "../../src/packets/cfb-cipher.ts";
import { WINDOW } from "../../src/packets/mix-keystream.ts";

describe("CfbCipher", () => {
  test.each([
    [1],
    [15],
    [16],
    [17],
    [WINDOW],
    [WINDOW, WINDOW, 16, 160, WINDOW - 16, 9],
    [0, 32, 0, 5],
  ])("encrypts windows of %j bytes as OpenSSL's CFB does", (...lengths) => {
    const key = randomBytes(32);
    const cipher = new CfbCipher(key);
    const openssl = createCipheriv("aes-256-cfb", key, Buffer.alloc(16));
    for (const length of lengths) {
      const plain = randomBytes(length);
      const bytes = Buffer.from(plain);
      cipher.encrypt(bytes);
      expect(bytes.equals(openssl.update(plain))).toBe(true);
    }
  });

  test("encrypts streams that take turns, as if each were alone", () => {
    const keys = [randomBytes(32), randomBytes(32)];
    const streams = keys.map((key) => ({
      cipher: new CfbCipher(key),
      openssl: createCipheriv("aes-256-cfb", key, Buffer.alloc(16)),
    }));
    for (const length of [WINDOW, 48, 32, 7]) {
      for (const { cipher, openssl } of streams) {
        const plain = randomBytes(length);
        const bytes = Buffer.from(plain);
        cipher.encrypt(bytes);
        expect(bytes.equals(openssl.update(plain))).toBe(true);
      }
    }
  });
});
