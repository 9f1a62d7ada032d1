import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compressorFor } from "../../src/compress/compression.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "compression-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

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
    ["/opt/squeeze-2.0", "", "squeeze-2.0", ".squeeze20"],
  ])("makes of %j and %j the compression %s with suffix %j", (path, given, name, suffix) => {
    expect(compressorFor(path, given)).toMatchObject({ name, suffix });
  });

  test.each(["/opt/my squeeze", "/opt/-squeeze", "/opt/$(squeeze)"])(
    "refuses %j, which no restore script could run, before anything is stored",
    (path) => {
      expect(() => compressorFor(path)).toThrow(
        expect.objectContaining({
          code: "usage",
          message: expect.stringContaining("No restore script"),
        }),
      );
    },
  );

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

  test.each(["/bin/gzip", "/bin/bzip2"])(
    "is done with a piece when it asks %s for the next one",
    async (path) => {
      async function* inOneMemory(): AsyncGenerator<Uint8Array> {
        const memory = Buffer.alloc(1000);
        for (let at = 0; at < TEXT.length; at += memory.length) {
          yield memory.subarray(0, TEXT.copy(memory, 0, at));
          memory.fill("overwritten");
        }
      }
      const compressed = await collect(compressorFor(path).compress(inOneMemory(), never));
      const { stdout } = spawnSync(path, ["-d"], { input: compressed, maxBuffer: 10_000_000 });
      expect(stdout.equals(TEXT)).toBe(true);
    },
  );

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

  test.each([
    ["ends half-way with status 1", "head -c 1000; exit 1", /ended with status 1/],
    ["ends half-way with status 0", "head -c 1000", /before it had done its work/],
    ["is killed", "head -c 1000; kill -9 $$", /was killed by SIGKILL/],
    ["closes its input early", "exec <&-; sleep 0.1; echo rest", /before it had done its work/],
    ["complains at length", "seq 100000 >&2; exit 7", /ended with status 7: 100000\./],
  ])("fails with a program that %s", async (_, script, message) => {
    const program = join(folder, "squeeze");
    await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await expect(collect(compressorFor(program).compress(blocks(TEXT), never))).rejects.toThrow(
      message,
    );
  });

  test("fails with a file that can't be run", async () => {
    await writeFile(join(folder, "no-program"), "", { mode: 0o644 });
    const compressed = compressorFor(join(folder, "no-program")).compress(blocks(TEXT), never);
    await expect(collect(compressed)).rejects.toThrow(/could not be run: .*EACCES/);
  });

  test("takes no harm from complaints of a program that ends well", async () => {
    const program = join(folder, "squeeze");
    await writeFile(program, "#!/bin/sh\nseq 100000 >&2\nexec cat\n", { mode: 0o755 });
    const compressed = await collect(compressorFor(program).compress(blocks(TEXT), never));
    expect(compressed.equals(TEXT)).toBe(true);
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
