import { describe, expect, test } from "vitest";
import { packetAt } from "../../src/packets/packet-at.ts";

describe("packetAt", () => {
  test.each(["c6", "c6c8", "c6ff00", "99", "9901"])(
    "finds that the packet %s, whose header is torn off, ends behind the bytes",
    (hex) => {
      const bytes = Buffer.from(hex, "hex");
      expect(packetAt(bytes, 0)?.end).toBeGreaterThan(bytes.length);
    },
  );

  test.each([
    ["behind the last byte", ""],
    ["where a text begins", "2d"],
    ["with a partial length", "c6e0"],
    ["with an indeterminate length", "9b"],
  ])("finds no packet %s", (_, hex) => {
    expect(packetAt(Buffer.from(hex, "hex"), 0)).toBeUndefined();
  });
});
