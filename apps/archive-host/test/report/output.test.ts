import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { ArchiveError } from "../../src/archive-error.ts";
import { errorLine, openOutput } from "../../src/report/output.ts";

describe("openOutput", () => {
  test("prints one line whatever the text holds", () => {
    const stream = new PassThrough();
    openOutput(stream, () => {}).print("a\r\nb\nc\u0007\r");
    expect(String(stream.read())).toBe("a b c\n");
  });

  test("tells when nobody reads any more", async () => {
    const stream = new PassThrough();
    const closed = new Promise((resolve) => openOutput(stream, resolve));
    stream.destroy(new Error("EPIPE"));
    await expect(closed).resolves.toMatchObject({ message: "EPIPE" });
  });
});

describe("errorLine", () => {
  test("tells the message and the remedy", () => {
    expect(errorLine(new ArchiveError("usage", "It failed.", "Mend it."))).toBe(
      "It failed. Mend it.",
    );
    expect(errorLine(new Error("It failed."))).toBe("It failed.");
    expect(errorLine("text")).toBe("text");
  });
});
