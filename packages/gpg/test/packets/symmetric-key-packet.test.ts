import { randomBytes } from "node:crypto";
import { decryptSessionKeys, readMessage } from "openpgp";
import { describe, expect, test } from "vitest";
import { dataKeyPacket, passphrasePacket } from "../../src/packets/symmetric-key-packet.ts";

describe.each([
  ["passphrasePacket", passphrasePacket],
  ["dataKeyPacket", dataKeyPacket],
])("%s", (_, packetOf) => {
  test.each([
    ["one letter", "x"],
    ["letters of many languages", "Größe Ωμέγα 密碼 🔑"],
    ["as long as a page", "correct horse battery staple ".repeat(100)],
    ["longer than what is digested at a time", "0123456789".repeat(10_000)],
  ])("opens with %s", async (__, secret) => {
    const sessionKey = randomBytes(32);
    const message = await readMessage({ binaryMessage: packetOf(sessionKey, secret) });
    const [opened] = await decryptSessionKeys({ message, passwords: secret });
    expect(opened).toMatchObject({ algorithm: "aes256" });
    expect(Buffer.from(opened?.data ?? []).equals(sessionKey)).toBe(true);
  });

  test("has a salt of its own each time, so that equal keys do not show", () => {
    const sessionKey = randomBytes(32);
    const packets = Array.from({ length: 5 }, () => packetOf(sessionKey, "secret"));
    const salts = packets.map((packet) => Buffer.from(packet.subarray(6, 14)).toString("hex"));
    expect(new Set(salts).size).toBe(packets.length);
  });
});
