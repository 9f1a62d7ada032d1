import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { childEnd } from "../src/child-end.ts";
import { started } from "../src/started.ts";
import { untilClosed } from "../src/until-closed.ts";

async function text(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let all = "";
  for await (const piece of bytes) all += Buffer.from(piece).toString();
  return all;
}

describe("untilClosed", () => {
  test("gives what a program wrote whose pipe this side had to close", async () => {
    const script = "echo text; sleep 600 & echo $! >&2; exit 1";
    const child = await started(() => spawn("sh", ["-c", script], { stdio: "pipe" }));
    let left = "";
    child.stderr.on("data", (piece: Buffer) => (left += piece.toString()));
    const [written, end] = await Promise.all([text(untilClosed(child.stdout)), childEnd(child)]);
    expect(written).toBe("text\n");
    expect(end.how).toBe("ended with status 1");
    process.kill(Number(left));
  });

  test.each([
    ["an error of the system", Object.assign(new Error("read EIO"), { code: "EIO" })],
    ["another error", new Error("not enough room")],
    ["what is no error", "a word"],
  ])("passes on %s", async (_, thrown) => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("text");
      throw thrown;
    }
    await expect(text(untilClosed(failing()))).rejects.toBe(thrown);
  });
});
