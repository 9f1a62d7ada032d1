import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { FilterShells } from "../src/filter-shells.ts";

const { signal } = new AbortController();

async function filtered(path: string, input: Uint8Array, args: string[] = []): Promise<Buffer> {
  const output: Uint8Array[] = [];
  await new FilterShells(path, args).run(input, {
    signal,
    onOutput: (piece) => output.push(piece),
  });
  return Buffer.concat(output);
}

describe("FilterShells", () => {
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
    ["head", ["-c", "999999"], "left-early", /^head ended with status 0, but before/],
    ["true", [], "left-early", /^true ended with status 0, but before/],
    ["/nowhere/zstd", [], "not-started", /^\/nowhere\/zstd could not be run: .*ENOENT/],
  ])("says how %s %j went wrong", async (path, args, code, message) => {
    const run = filtered(path, Buffer.alloc(1_000_000), args);
    await expect(run).rejects.toMatchObject({ name: "ProcessError", code });
    await expect(filtered(path, Buffer.alloc(1_000_000), args)).rejects.toThrow(message);
  });

  test("stops with the signal's reason, and kills the program", async () => {
    const controller = new AbortController();
    const shells = new FilterShells("sleep", ["600"]);
    const run = shells.run(Buffer.alloc(1_000_000), {
      signal: controller.signal,
      onOutput: () => {},
    });
    setTimeout(() => controller.abort(new Error("cancelled")), 50);
    await expect(run).rejects.toThrow("cancelled");
  });

  test("stops at whatever moment of a run it is told to", async () => {
    const run = async (turns: number): Promise<void> => {
      const controller = new AbortController();
      const shells = new FilterShells("sleep", ["600"]);
      const options = { signal: controller.signal, onOutput: () => {} };
      const abort = async (): Promise<void> => {
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        controller.abort(new Error("cancelled"));
      };
      const running = Promise.all([shells.run(Buffer.alloc(10), options), abort()]);
      await expect(running).rejects.toThrow("cancelled");
    };
    for (let turns = 0; turns < 60; turns++) await run(turns % 20);
  });

  test("runs the program again and again, several at a time, each with its own bytes", async () => {
    const shells = new FilterShells("gzip", ["-1"], 2);
    const sizes = [0, 1, 100, 70_000, 1_000_000, 3_000_000, 5, 65_536];
    const results = await Promise.all(
      sizes.map(async (size, index) => {
        const input = Buffer.alloc(size, `line ${index}\n`);
        const output: Uint8Array[] = [];
        await shells.run(input, { signal, onOutput: (piece) => output.push(piece) });
        return gunzipSync(Buffer.concat(output)).equals(input);
      }),
    );
    expect(results).toEqual(sizes.map(() => true));
  });

  test("tells how much of the input may be overwritten, and goes on after a failure", async () => {
    const shells = new FilterShells("sh", ["-c", 'read -r word; cat; test "$word" = well']);
    const taken: number[] = [];
    const onTaken = (bytes: number): void => void taken.push(bytes);
    const run = async (text: string): Promise<void> => {
      await shells.run(Buffer.from(text.padEnd(600_000)), { signal, onTaken, onOutput: () => {} });
    };
    await expect(run("badly\n")).rejects.toThrow("sh ended with status 1");
    await run("well\n");
    expect(taken).toEqual([262_144, 524_288, 600_000, 262_144, 524_288, 600_000]);
  });

  test("leaves no listener behind after a run", async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on("warning", warned);
    const shells = new FilterShells("cat", []);
    for (let run = 0; run < 12; run++) {
      await shells.run(Buffer.from("text"), { signal, onOutput: () => {} });
    }
    await new Promise(setImmediate);
    process.off("warning", warned);
    expect(warnings).toEqual([]);
  });

  test("gives an output that looks like the end of one", async () => {
    const input = Buffer.from(`${"0".repeat(64)} h0 f0\n`.repeat(100));
    expect((await filtered("cat", input)).equals(input)).toBe(true);
  });
});

test("Node has nothing to warn of after many runs of one shell", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error): void => void warnings.push(warning);
  process.on("warning", listen);
  const shells = new FilterShells("cat", []);
  for (let round = 0; round < 15; round++)
    await shells.run(Buffer.from("bytes"), { signal, onOutput: () => {} });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

test("Disposing it waits until its shells are gone", async () => {
  const token = `t${randomUUID()}`;
  const shells = new FilterShells("sh", ["-c", "cat", token], 2);
  await shells.run(Buffer.from("bytes"), { signal, onOutput: () => {} });
  expect(await processesWith(token)).toBeGreaterThanOrEqual(2);
  await shells[Symbol.asyncDispose]();
  expect(await processesWith(token)).toBe(0);
});

test("Disposing it does not wait for what a program has left behind", async () => {
  const token = `t${randomUUID()}`;
  const shells = new FilterShells("sh", ["-c", "setsid sleep 600 & echo $!; cat", token]);
  let output = "";
  const onOutput = (piece: Uint8Array): void => void (output += Buffer.from(piece).toString());
  await shells.run(Buffer.from("bytes"), { signal, onOutput });
  await shells[Symbol.asyncDispose]();
  expect(await processesWith(token)).toBe(0);
  process.kill(Number.parseInt(output, 10));
});

/** How many processes have a word among their arguments. */
async function processesWith(word: string): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(word)).length;
}
