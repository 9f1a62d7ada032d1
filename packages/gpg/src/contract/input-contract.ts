import { describe, expect, test } from "vitest";
import { newDataKey } from "../data-key/new-data-key.ts";
import type { Encryptor } from "../encryptor.ts";
import type { Subject } from "./subject.ts";

/** Wrong input is refused, never encrypted as something else. */
export function inputContract(subject: Subject): void {
  const { create } = subject;
  describe("refuses", () => {
    const detached = new Uint8Array(10);
    structuredClone(detached, { transfer: [detached.buffer] });

    test.each<[string, unknown, unknown]>([
      ["a string", "text", {}],
      ["nothing", undefined, {}],
      ["an ArrayBuffer", new ArrayBuffer(10), {}],
      ["an array of numbers", [1, 2, 3], {}],
      ["numbers of 16 bits", new Uint16Array(10), {}],
      ["a DataView", new DataView(new ArrayBuffer(10)), {}],
      ["a stream of pieces", [new Uint8Array(10)].values(), {}],
      ["bytes whose memory was transferred", detached, {}],
      ["more bytes than a packet may have", new Uint8Array(2 ** 32 - 1000), {}],
      ["a signal that is none", new Uint8Array(1), { signal: { aborted: false } }],
      ["an owner that is neither true nor false", new Uint8Array(1), { ownBuffer: "yes" }],
    ])("%s", async (_, plain, options) => {
      const encrypt: Encryptor["encrypt"] = (...given) => subject.encryptor.encrypt(...given);
      await expect(Reflect.apply(encrypt, undefined, [plain, options])).rejects.toMatchObject({
        code: "invalid-input",
      });
    });

    test.each<[string, string, object]>([
      ["an empty passphrase", "empty-passphrase", { passphrase: "" }],
      ["a passphrase that is a number", "invalid-input", { passphrase: 1234 }],
      ["a passphrase of two lines", "invalid-input", { passphrase: "one\nsecret" }],
      ["a passphrase with a NUL", "invalid-input", { passphrase: "one\0secret" }],
      ["a data key that is too short", "invalid-input", { dataKey: "5ec2e7".repeat(10) }],
      ["a data key with a line feed", "invalid-input", { dataKey: `${"5ec2".repeat(16)}\n` }],
      ["both", "invalid-input", { passphrase: "secret", dataKey: "5ec2".repeat(16) }],
      ["a public key that is a path", "invalid-input", { publicKeys: ["secret.asc"] }],
      ["public keys that are no list", "invalid-input", { publicKeys: "secret.asc" }],
      ["nobody to encrypt to", "no-recipient", { publicKeys: [] }],
      ["nothing", "no-recipient", {}],
    ])("%s, without a word of it in the error", (_, code, recipients) => {
      const creating = (): unknown => Reflect.apply(create, undefined, [recipients]);
      expect(creating).toThrow(expect.objectContaining({ code }));
      expect(creating).not.toThrow(/5ec2|secret/);
    });

    test("everything after it was closed, and may be closed again", async () => {
      const closed = create({ dataKey: newDataKey() });
      await closed.close();
      await closed[Symbol.asyncDispose]();
      await expect(closed.encrypt(new Uint8Array(1))).rejects.toMatchObject({ code: "closed" });
    });
  });
}
