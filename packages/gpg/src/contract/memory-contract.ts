import { describe, expect, test } from "vitest";
import type { Subject } from "./subject.ts";

/** What becomes of the plaintext's memory, and of messages that are cancelled. */
export function memoryContract(subject: Subject): void {
  const { encrypt, gpgOpens } = subject;
  describe("as to memory", () => {
    test("leaves the plaintext to its owner unless told otherwise, in whatever memory it is", async () => {
      const pooled = Buffer.from("some bytes of Node's pool");
      const shared = new Uint8Array(new SharedArrayBuffer(70_000)).fill(7);
      const slice = new Uint8Array(300_000).fill(9).subarray(100_000, 200_000);
      for (const plain of [pooled, shared, slice]) {
        const before = Buffer.from(plain);
        expect(await gpgOpens(await encrypt(plain), before)).toBe(true);
        expect(before.equals(plain)).toBe(true);
      }
    });

    test("copies memory that cannot be handed over although its owner says so", async () => {
      const pool = Buffer.from("beside it in Node's pool");
      const pooled = Buffer.from("some bytes of Node's pool");
      const shared = new Uint8Array(new SharedArrayBuffer(100_000), 5000, 70_000).fill(7);
      const narrow = new Uint8Array(100_000).fill(8);
      const opened = await Promise.all(
        [pooled, shared, narrow].map(async (plain) => {
          const before = Buffer.from(plain);
          const { bytes } = await subject.encryptor.encrypt(plain, { ownBuffer: true });
          return await gpgOpens(bytes, before);
        }),
      );
      expect(opened).toEqual([true, true, true]);
      expect([pool, pooled].join(", ")).toBe("beside it in Node's pool, some bytes of Node's pool");
      expect(shared.length).toBe(70_000);
    });

    test("stops at once with the signal's reason, and goes on encrypting", async () => {
      const controller = new AbortController();
      const reason = new Error("cancelled");
      const encrypting = subject.encryptor.encrypt(new Uint8Array(33_554_432), {
        signal: controller.signal,
      });
      setImmediate(() => controller.abort(reason));
      await expect(encrypting).rejects.toBe(reason);
      await expect(
        subject.encryptor.encrypt(new Uint8Array(1), { signal: AbortSignal.abort(reason) }),
      ).rejects.toBe(reason);
      const plain = Buffer.from("again");
      expect(await gpgOpens(await encrypt(plain), plain)).toBe(true);
    });
  });
}
