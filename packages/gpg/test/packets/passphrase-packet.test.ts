import { randomBytes } from "node:crypto";
import { decryptSessionKeys, readMessage } from "openpgp";
import { describe, expect, test } from "vitest";
import { passphrasePacket } from "../../src/packets/passphrase-packet.ts";

describe("passphrasePacket", () => {
  test.each([
    ["one letter", "x"],
    ["letters of many languages", "Größe Ωμέγα 密碼 🔑"],
    ["as long as a page", "correct horse battery staple ".repeat(100)],
    ["longer than what is digested at a time", "0123456789".repeat(10_000)],
  ])("opens with a passphrase of %s", async (_, passphrase) => {
    const sessionKey = randomBytes(32);
    const message = await readMessage({ binaryMessage: passphrasePacket(sessionKey, passphrase) });
    const [opened] = await decryptSessionKeys({ message, passwords: passphrase });
    expect(opened).toMatchObject({ algorithm: "aes256" });
    expect(Buffer.from(opened?.data ?? []).equals(sessionKey)).toBe(true);
  });

  test("has a salt of its own each time, so that equal keys don't show", () => {
    const sessionKey = randomBytes(32);
    const [one, two] = [1, 2].map(() => passphrasePacket(sessionKey, "secret"));
    expect(one?.subarray(6)).not.toEqual(two?.subarray(6));
  });
});
