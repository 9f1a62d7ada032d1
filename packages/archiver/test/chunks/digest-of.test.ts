import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { digestOf } from "../../src/chunks/digest-of.ts";

test.each([0, 1, 8_388_607, 8_388_608, 8_388_609, 20_000_000])(
  "The digest of %i bytes is their SHA-256",
  async (length) => {
    const bytes = randomBytes(length);
    expect(await digestOf(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  },
);

test("Other events are handled while a large chunk is digested", async () => {
  let handled = 0;
  const count = (): void => {
    handled += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  await digestOf(new Uint8Array(33_554_432));
  clearImmediate(next);
  expect(handled).toBeGreaterThan(2);
});
