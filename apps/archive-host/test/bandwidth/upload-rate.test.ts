import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type WatchedRate, watchUploadRate } from "../../src/bandwidth/upload-rate.ts";

let folder: string;
let speedFile: string;
let lines: string[];
let watched: WatchedRate | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "speed-"));
  speedFile = join(folder, "kbits");
  lines = [];
});
afterEach(async () => {
  watched?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The file is read each 10 ms, by a machine that may be busy. */
const READ = { timeout: 120_000 };

async function watch(uploadLimit?: number): Promise<WatchedRate> {
  const say = (line: string): void => void lines.push(line);
  watched = await watchUploadRate({ uploadLimit, speedFile, say, interval: 10 });
  return watched;
}

describe("watchUploadRate", () => {
  test("is the limit of the configuration where there is no file", async () => {
    const say = (line: string): void => void lines.push(line);
    const rate = await watchUploadRate({ uploadLimit: 20e6, speedFile: undefined, say });
    expect(rate.current()).toBe(20e6);
    expect(lines).toEqual(["uploads at most 20.0 MB/s"]);
  });

  test("is no limit where nothing is set, and says nothing", async () => {
    const say = (line: string): void => void lines.push(line);
    const rate = await watchUploadRate({ uploadLimit: undefined, speedFile: undefined, say });
    expect(rate.current()).toBeUndefined();
    expect(lines).toEqual([]);
  });

  test("is what the file says in kbit/s, from the start and when it changes", async () => {
    await writeFile(speedFile, "8000\n");
    const rate = await watch(20e6);
    expect(rate.current()).toBe(1e6);
    await writeFile(speedFile, " 16.5 ");
    await vi.waitFor(() => expect(rate.current()).toBe(2062.5), READ);
    expect(lines.at(-1)).toBe("speedFile: uploads at most 2.1 kB/s from now on");
  });

  test("keeps the configured limit without the file, and says so once", async () => {
    const rate = await watch(20e6);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(rate.current()).toBe(20e6);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^speedFile .* can't be read: ENOENT.*; the limit stays 20\.0 MB\/s$/),
    ]);
  });

  test.each(["", "fast", "-5", "0", "0.5", "1e9", "8 000", "8000 kbit"])(
    "keeps the last good number when the file says %j, and says so once",
    async (garbled) => {
      await writeFile(speedFile, "8000");
      const rate = await watch();
      await writeFile(speedFile, garbled);
      await vi.waitFor(() => expect(lines).toHaveLength(2), READ);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(rate.current()).toBe(1e6);
      expect(lines.slice(1)).toEqual([
        expect.stringMatching(
          /^speedFile .* must hold one number in kbit\/s, at least 1; the limit stays 1\.0 MB\/s$/,
        ),
      ]);
    },
  );

  test("takes a mended file up again", async () => {
    const rate = await watch();
    expect(lines).toEqual([expect.stringMatching(/; uploads are not limited$/)]);
    await writeFile(speedFile, "800");
    await vi.waitFor(() => expect(rate.current()).toBe(1e5), READ);
  });
});
