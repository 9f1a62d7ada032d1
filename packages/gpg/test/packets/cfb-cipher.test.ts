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
      cipher.window.set(plain);
      cipher.encrypt(length);
      expect(cipher.window.subarray(0, length).equals(openssl.update(plain))).toBe(true);
    }
  });

  test("leaves what is behind the bytes as it was", () => {
    const cipher = new CfbCipher(randomBytes(32));
    const plain = randomBytes(64);
    cipher.window.set(plain);
    cipher.encrypt(0);
    expect(cipher.window.subarray(0, 64).equals(plain)).toBe(true);
    cipher.encrypt(32);
    expect(cipher.window.subarray(32, 64).equals(plain.subarray(32))).toBe(true);
  });
});
