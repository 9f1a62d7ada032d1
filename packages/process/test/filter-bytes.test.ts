import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { filterBytes } from "../src/filter-bytes.ts";

const { signal } = new AbortController();

async function filtered(path: string, input: Uint8Array, args: string[] = []): Promise<Buffer> {
  const output: Uint8Array[] = [];
  await filterBytes(path, input, { args, signal, onOutput: (piece) => output.push(piece) });
  return Buffer.concat(output);
}

describe("filterBytes", () => {
  test("gives what the program makes of the bytes", async () => {
    const input = Buffer.alloc(3_000_000, "a line that repeats\n");
    expect(gunzipSync(await filtered("gzip", input)).equals(input)).toBe(true);
    expect((await filtered("cat", input)).equals(input)).toBe(true);
    expect(await filtered("tr", Buffer.from("abc"), ["a-z", "A-Z"])).toEqual(Buffer.from("ABC"));
  });

  test.each([
    [
      "sh",
      ["-c", "cat > /dev/null; echo no room >&2; exit 1"],
      "failed",
      "sh ended with status 1: no room",
    ],
    ["sh", ["-c", "kill -9 $$"], "failed", "sh was killed by SIGKILL"],
    ["sh", ["-c", "echo half; exit 0"], "left-early", /^sh ended with status 0, but before/],
    ["true", [], "left-early", /^true ended with status 0, but before/],
    ["/nowhere/zstd", [], "not-started", /^\/nowhere\/zstd could not be run: .*ENOENT/],
  ])("says how %s %j went wrong", async (path, args, code, message) => {
    const run = filtered(path, Buffer.alloc(1_000_000), args);
    await expect(run).rejects.toMatchObject({ name: "ProcessError", code });
    await expect(filtered(path, Buffer.alloc(1_000_000), args)).rejects.toThrow(message);
  });

  test("stops with the signal's reason, and kills the program", async () => {
    const controller = new AbortController();
    const run = filterBytes("sleep", Buffer.alloc(1_000_000), {
      args: ["60"],
      signal: controller.signal,
      onOutput: () => {},
    });
    setTimeout(() => controller.abort(new Error("cancelled")), 50);
    await expect(run).rejects.toThrow("cancelled");
  });
});
