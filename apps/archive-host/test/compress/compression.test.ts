import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { compressorFor } from "../../src/compress/compression.ts";

const never = new AbortController().signal;
const TEXT = Buffer.concat([randomBytes(300_000), Buffer.from("off-site ".repeat(100_000))]);

async function* blocks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("compressorFor", () => {
  test.each([
    ["", "", "none", ""],
    ["/bin/cat", ".raw", "none", ""],
    ["/bin/gzip", ".gz", "gzip", ".gz"],
    ["/usr/bin/pigz", ".gz", "gzip", ".gz"],
    ["/bin/bzip2", ".bz2", "bzip2", ".bz2"],
    ["/usr/bin/zstd", "", "zstd", ".zst"],
    ["/opt/squeeze", "", "squeeze", ".squeeze"],
    ["/opt/squeeze", ".sq", "squeeze", ".sq"],
  ])("makes of %j and %j the compression %s with suffix %j", (path, given, name, suffix) => {
    expect(compressorFor(path, given)).toMatchObject({ name, suffix });
  });

  test.each([
    ["/bin/gzip", ["gzip", "-d"]],
    ["/bin/bzip2", ["bzip2", "-d"]],
    ["/bin/cat", ["cat"]],
  ])("compresses with %s what %j undoes, members joined end to end", async (path, undo) => {
    const compressor = compressorFor(path);
    const one = await collect(compressor.compress(blocks(TEXT), never));
    const two = await collect(compressor.compress(blocks(Buffer.from("end")), never));
    const [program = "", ...args] = undo;
    const { stdout } = spawnSync(program, args, {
      input: Buffer.concat([one, two]),
      maxBuffer: 10_000_000,
    });
    expect(stdout.equals(Buffer.concat([TEXT, Buffer.from("end")]))).toBe(true);
  });

  test.each([
    ["/bin/false", "The compression program /bin/false ended with status 1."],
    [
      "/bin/true",
      /The compression program \/bin\/true ended with status 0, but before it had done/,
    ],
    ["/nonexistent/zip", /The compression program \/nonexistent\/zip could not be run: .*ENOENT/],
  ])("fails with %s, which fails", async (path, message) => {
    await expect(collect(compressorFor(path).compress(blocks(TEXT), never))).rejects.toThrow(
      message,
    );
  });

  test.each(["/bin/gzip", "/bin/bzip2"])(
    "throws through %s why the plaintext broke off",
    async (path) => {
      async function* torn(): AsyncGenerator<Uint8Array> {
        yield TEXT.subarray(0, 100_000);
        throw new Error("the tape tore");
      }
      await expect(collect(compressorFor(path).compress(torn(), never))).rejects.toThrow(
        "the tape tore",
      );
    },
  );
});
