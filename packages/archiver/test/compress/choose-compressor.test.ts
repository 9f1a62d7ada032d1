import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ChunkBuffers } from "../../src/chunks/chunk-buffers.ts";
import { chooseCompressor } from "../../src/compress/choose-compressor.ts";
import type { Compressor } from "../../src/compress/compressor.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "compressor-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const TEXT = Buffer.concat([randomBytes(300_000), Buffer.from("off-site ".repeat(100_000))]);

/** A copy: compression puts its result in the place of what it reads. */
async function compress(compressor: Compressor, plain: Uint8Array): Promise<Buffer> {
  const chunk = await new ChunkBuffers({ memory: 2 ** 21, largest: 2 ** 21, atOnce: 1 }).take(
    plain.length,
    signal,
  );
  chunk.set(plain);
  return Buffer.from(await compressor.compress(chunk, signal));
}

async function squeeze(script: string): Promise<Compressor> {
  const program = join(folder, "squeeze");
  await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return await chooseCompressor({ program });
}

describe("chooseCompressor", () => {
  test.each([
    ["", "", "none", "", "none"],
    ["/bin/cat", ".raw", "none", "", "none"],
    ["/bin/gzip", ".gz", "gzip", ".gz", "igzip"],
    ["/usr/bin/pigz", ".gz", "gzip", ".gz", "igzip"],
    ["/bin/bzip2", ".bz2", "bzip2", ".bz2", "/bin/bzip2"],
    ["/usr/bin/zstd", "", "zstd", ".zst", "/usr/bin/zstd"],
    ["/usr/bin/lbzip2", ".bz2", "bzip2", ".bz2", "/usr/bin/lbzip2"],
    ["/usr/bin/pixz", "", "xz", ".xz", "/usr/bin/pixz"],
    // BackupPC's Bzip2Path, which anything can be written into.
    ["/usr/bin/xz", ".bz2", "xz", ".xz", "/usr/bin/xz"],
    ["/usr/bin/zstd", ".gz", "zstd", ".zst", "/usr/bin/zstd"],
    [
      "/opt/a-squeeze-with-a-long-name",
      "",
      "a-squeeze-with-a-long-name",
      ".asqueezewithalon",
      "/opt/a-squeeze-with-a-long-name",
    ],
    ["/opt/squeeze", "", "squeeze", ".squeeze", "/opt/squeeze"],
    ["/opt/squeeze", ".sq", "squeeze", ".sq", "/opt/squeeze"],
    ["/opt/squeeze-2.0", "", "squeeze-2.0", ".squeeze20", "/opt/squeeze-2.0"],
  ])(
    "makes of %j and %j the compression %s with suffix %j",
    async (program, suffix, name, found, worker) => {
      // A program in igzip's place, so that the test needs none.
      const igzip = join(folder, "igzip");
      await writeFile(igzip, "#!/bin/sh\nexec gzip\n", { mode: 0o755 });
      expect(await chooseCompressor({ program, suffix, igzip })).toMatchObject({
        name,
        suffix: found,
        worker,
      });
    },
  );

  test.each(["/opt/my squeeze", "/opt/-squeeze", "/opt/$(squeeze)", `/opt/${"s".repeat(65)}`])(
    "refuses %j, which no restore script could run",
    async (program) => {
      await expect(chooseCompressor({ program })).rejects.toMatchObject({
        code: "compression-name",
        message: expect.stringContaining("A restore script cannot run"),
      });
    },
  );

  test.each([
    ["/bin/gzip", ["gzip", "-d"]],
    ["/bin/bzip2", ["bzip2", "-d"]],
    ["/bin/cat", ["cat"]],
  ])("compresses with %s what %j undoes, joined end to end", async (program, undo) => {
    const compressor = await chooseCompressor({ program });
    const one = await compress(compressor, TEXT);
    const two = await compress(compressor, Buffer.from("end"));
    const [undoing = "", ...args] = undo;
    const input = Buffer.concat([one, two]);
    const { stdout } = spawnSync(undoing, args, { input, maxBuffer: 10_000_000 });
    expect(stdout.equals(Buffer.concat([TEXT, Buffer.from("end")]))).toBe(true);
  });

  test.each([
    ["/bin/false", "The compression program /bin/false ended with status 1."],
    [
      "/bin/true",
      /The compression program \/bin\/true ended with status 0, but before it had read/,
    ],
    ["/nonexistent/zip", /The compression program \/nonexistent\/zip could not be run: .*ENOENT/],
  ])("fails with %s, which fails", async (program, message) => {
    const compressor = await chooseCompressor({ program });
    await expect(compress(compressor, TEXT)).rejects.toThrow(message);
    await expect(compress(compressor, TEXT)).rejects.toMatchObject({ code: "compression" });
  });

  test.each([
    ["ends half-way with status 1", "head -c 1000; exit 1", /ended with status 1/],
    ["ends half-way with status 0", "head -c 1000", /before it had read all/],
    ["is killed", "head -c 1000; kill -9 $$", /was killed by SIGKILL/],
    ["closes its input early", "exec <&-; sleep 0.1; echo rest", /before it had read all/],
    ["complains at length", "seq 100000 >&2; exit 7", /ended with status 7: 100000\./],
  ])("fails with a program that %s", async (_, script, message) => {
    await expect(compress(await squeeze(script), TEXT)).rejects.toThrow(message);
  });

  test.each([1, 9])("has bzip2 compress at level %i", async (level) => {
    const compressor = await chooseCompressor({ program: "/bin/bzip2", level });
    const compressed = await compress(compressor, TEXT);
    expect(compressed.subarray(0, 4).toString()).toBe(`BZh${level}`);
  });

  test("kills a program when it is cancelled, and throws the signal's reason", async () => {
    const compressor = await squeeze("exec sleep 600");
    const controller = new AbortController();
    const chunk = await new ChunkBuffers({ memory: 1, largest: 1000, atOnce: 1 }).take(
      1000,
      signal,
    );
    const compressing = compressor.compress(chunk, controller.signal);
    controller.abort(new Error("cancelled"));
    await expect(compressing).rejects.toThrow("cancelled");
  });

  test("fails with a file that can't be run", async () => {
    const program = join(folder, "no-program");
    await writeFile(program, "", { mode: 0o644 });
    const compressor = await chooseCompressor({ program });
    await expect(compress(compressor, TEXT)).rejects.toThrow(/could not be run: .*EACCES/);
  });

  test("takes no harm from complaints of a program that ends well", async () => {
    const compressed = await compress(await squeeze("seq 100000 >&2\nexec cat"), TEXT);
    expect(compressed.equals(TEXT)).toBe(true);
  });

  test("gives what has become longer, too", async () => {
    const compressed = await compress(await squeeze("sed 's/site/another site/g'"), TEXT);
    const options = { input: TEXT, maxBuffer: 10_000_000 };
    const { stdout } = spawnSync("sed", ["s/site/another site/g"], options);
    expect(compressed.length).toBeGreaterThan(TEXT.length);
    expect(compressed.equals(stdout)).toBe(true);
  });
});

describe("gzip", () => {
  const LINES = Buffer.from("a line of a log that is like the next one\n".repeat(40_000));

  const best = existsSync("/usr/bin/igzip") ? "igzip" : "node:zlib";

  test.each([
    [best, {}],
    [best, { level: 1 }],
    ["node:zlib", { igzip: "/nowhere/igzip" }],
    ["node:zlib", { igzip: "/bin/true" }],
    ["node:zlib", { level: 6 }],
  ])("is done by %s with %j", async (worker, options) => {
    const compressor = await chooseCompressor({ program: "/bin/gzip", ...options });
    expect(compressor).toMatchObject({ name: "gzip", suffix: ".gz", worker });
    const compressed = await compress(compressor, LINES);
    expect(compressed.length).toBeLessThan(LINES.length / 20);
    expect(gunzipSync(compressed).equals(LINES)).toBe(true);
  });

  test("stores what does not shrink, hardly longer than it is", async () => {
    const random = randomBytes(2 ** 21);
    for (const igzip of ["/usr/bin/igzip", "/nowhere"]) {
      const compressor = await chooseCompressor({ program: "gzip", igzip });
      const compressed = await compress(compressor, random);
      expect(compressed.length).toBeLessThan(random.length * 1.001);
      expect(gunzipSync(compressed).equals(random)).toBe(true);
    }
  });

  test("stops when it is cancelled", async () => {
    const compressor = await chooseCompressor({ program: "gzip", level: 9 });
    const controller = new AbortController();
    const chunk = await new ChunkBuffers({ memory: 2 ** 21, largest: 2 ** 21, atOnce: 1 }).take(
      2 ** 21,
      signal,
    );
    const compressing = compressor.compress(chunk.fill(7), controller.signal);
    controller.abort(new Error("cancelled"));
    await expect(compressing).rejects.toThrow("cancelled");
  });
});
