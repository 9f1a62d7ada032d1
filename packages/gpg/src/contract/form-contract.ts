import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openpgpDecrypts } from "./openpgp-decrypts.ts";
import type { Subject } from "./subject.ts";

const PASSPHRASE = "correct horse 'battery' $taple Größe";

/** The form of the messages, as stock gpg shows it. */
export function formContract(subject: Subject): void {
  const { create, dataKey, encrypt } = subject;
  describe("as to form", () => {
    test("uses AES-256 with a modification detection code, and a data key salted only", async () => {
      const { stdout } = await subject.gpg.run(["--list-packets"], {
        input: await encrypt(Buffer.from("hello")),
        passphrase: dataKey,
      });
      expect(stdout.toString()).toMatch(/symkey enc packet: version 4, cipher 9.*s2k 1, hash 8/);
      expect(stdout.toString()).toMatch(/encrypted data packet:[\s\S]*mdc_method: 2/);
      expect(stdout.toString()).not.toMatch(/partial|indeterminate|compressed/);
    });

    test("iterates a passphrase as long as gpg does", async () => {
      const toPassphrase = create({ passphrase: PASSPHRASE });
      const plain = randomBytes(1000);
      const { bytes } = await toPassphrase.encrypt(plain);
      const { stdout } = await subject.gpg.run(["--list-packets"], {
        input: bytes,
        passphrase: PASSPHRASE,
      });
      expect(stdout.toString()).toMatch(
        /symkey enc packet: version 4, cipher 9.*s2k 3, hash 8[\s\S]*count 65011712/,
      );
      expect((await subject.gpg.decrypt(bytes, PASSPHRASE)).equals(plain)).toBe(true);
      expect((await openpgpDecrypts(bytes, PASSPHRASE)).equals(plain)).toBe(true);
      await toPassphrase.close();
    });

    test("encrypts the same plaintext differently each time, with another salt", async () => {
      const messages = await Promise.all(
        Array.from({ length: 50 }, () => encrypt(new Uint8Array(1000))),
      );
      // Salt and encrypted session key, first and last bytes of the data.
      for (const [from, to] of [
        [6, 14],
        [14, 47],
        [51, 67],
        [-42, -1],
      ] as const) {
        const parts = messages.map((bytes) =>
          Buffer.from(bytes.subarray(from, to)).toString("hex"),
        );
        expect(new Set(parts).size).toBe(messages.length);
      }
    });

    test("makes messages of which gpg notices every changed byte", async () => {
      const message = await encrypt(randomBytes(100));
      const body = message.length - 170 + 48;
      for (const at of [20, body + 4, body + 30, message.length - 30, message.length - 1]) {
        const changed = Buffer.from(message);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        await expect(subject.gpg.decrypt(changed, dataKey)).rejects.toThrow(
          "gpg ended with status 2",
        );
      }
    });
  });
}
