import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ProgramFailure, throughProgram } from "../../src/program/through-program.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "through-program-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function* slowly(): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < 5; piece++) {
    await sleep(20);
    yield Buffer.from("off-site\n");
  }
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of bytes) text += Buffer.from(piece).toString();
  return text;
}

describe("throughProgram", () => {
  test("gives what the program makes of it", async () => {
    expect(await textOf(throughProgram(slowly(), ["tr", "o", "0"]))).toBe("0ff-site\n".repeat(5));
  });

  // Also where nobody asks for its end: vitest fails on a rejection that nobody hears.
  test.each(["/nowhere/gpg", "/etc/passwd/gpg", "/etc"])(
    "fails where %s can't be run",
    async (path) => {
      await expect(textOf(throughProgram(slowly(), [path]))).rejects.toMatchObject({
        code: "cannot-run",
        message: expect.stringContaining(`${path} can't be run: spawn `),
      });
      const left = throughProgram(slowly(), [path])[Symbol.asyncIterator]();
      const first = left.next().catch(() => {});
      await left.return?.(undefined);
      await first;
      await sleep(50);
    },
  );

  test("tells the last line of a program that fails half-way", async () => {
    const program = join(folder, "program");
    await writeFile(program, "#!/bin/sh\nhead -c 9\necho torn >&2\nexit 2\n", { mode: 0o755 });
    await expect(textOf(throughProgram(slowly(), [program]))).rejects.toThrow(
      new ProgramFailure(`${program}: torn`),
    );
  });
});
