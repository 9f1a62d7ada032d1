import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ROOM_BEHIND, ROOM_TO_ENCRYPT } from "../message/with-room.ts";
import { openpgpDecrypts } from "./openpgp-decrypts.ts";
import type { Subject } from "./subject.ts";
import { withRoomAround } from "./with-room-around.ts";

/** Plaintexts of all lengths, opened by stock gpg and by openpgp.js. */
export function lengthContract(subject: Subject): void {
  const { dataKey, encrypt, gpgOpens } = subject;
  describe("encrypts each length", () => {
    // Around the borders of lengths (192 and 8384 bytes) of both packets, of the windows, and of the literal packet.
    test.each([
      0, 1, 15, 16, 142, 143, 185, 186, 191, 192, 511, 512, 513, 8333, 8334, 8377, 8378, 8383, 8384,
      32_715, 32_716, 32_717, 32_735, 32_736, 32_737, 32_767, 32_768, 32_769, 65_535, 65_536,
      1_048_575, 1_048_576, 1_048_577,
    ])("encrypts %i bytes as a message that gpg and openpgp.js open", async (length) => {
      const plain = randomBytes(length);
      const message = await encrypt(plain);
      expect(await gpgOpens(message, plain)).toBe(true);
      expect((await openpgpDecrypts(message, dataKey)).equals(plain)).toBe(true);
    });

    test("encrypts a chunk of 64 MiB in its own memory", async () => {
      const plain = randomBytes(67_108_864);
      const { bytes, sha256 } = await subject.encryptor.encrypt(withRoomAround(plain), {
        ownBuffer: true,
      });
      expect(bytes.buffer.byteLength).toBe(ROOM_TO_ENCRYPT + plain.length + ROOM_BEHIND);
      expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
      expect(await gpgOpens(bytes, plain)).toBe(true);
      expect((await openpgpDecrypts(bytes, dataKey)).equals(plain)).toBe(true);
    });

    test("returns the SHA-256 of the message", async () => {
      const { bytes, sha256 } = await subject.encryptor.encrypt(randomBytes(3_000_000));
      expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    });

    test("encrypts several messages at a time", async () => {
      const plains = [1, 2, 3, 4, 5].map((factor) => randomBytes(factor * 700_000));
      const messages = await Promise.all(plains.map(encrypt));
      const opened = await Promise.all(
        messages.map((message) => subject.gpg.decrypt(message, dataKey)),
      );
      expect(opened.map((bytes, index) => plains[index]?.equals(bytes))).toEqual(
        plains.map(() => true),
      );
    });
  });
}
