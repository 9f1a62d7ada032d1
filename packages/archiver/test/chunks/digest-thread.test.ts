import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DigestThread } from "../../src/chunks/digest-thread.ts";

let digests: DigestThread;
beforeEach(() => void (digests = new DigestThread()));
afterEach(async () => await digests.close());

describe("DigestThread", () => {
  test("digests what it is given, in order, and gives the memory back", async () => {
    const texts = ["", "one", "two", "three"];
    const results = await Promise.all(
      texts.map((text) => {
        const memory = new ArrayBuffer(100);
        const bytes = new Uint8Array(memory, 10, text.length);
        bytes.set(Buffer.from(text));
        return digests.digest(bytes);
      }),
    );
    for (const [index, { digest, bytes }] of results.entries()) {
      const text = texts[index] ?? "";
      expect(digest).toBe(createHash("sha256").update(text).digest("hex"));
      expect(Buffer.from(bytes).toString()).toBe(text);
      expect(bytes.byteOffset).toBe(10);
      expect(bytes.buffer.byteLength).toBe(100);
    }
  });

  test("takes the memory over while it works", async () => {
    const bytes = new Uint8Array(1000);
    const digested = digests.digest(bytes);
    expect(bytes.length).toBe(0);
    expect((await digested).bytes.length).toBe(1000);
  });

  test("fails what is under way when it is closed, and what comes after", async () => {
    const digesting = digests.digest(new Uint8Array(10_000_000));
    const closed = digests.close();
    await expect(digesting).rejects.toMatchObject({ code: "thread-lost" });
    await closed;
    await expect(digests.digest(new Uint8Array(1))).rejects.toThrow("it was closed");
  });
});
