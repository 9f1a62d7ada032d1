import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { FilterShell } from "../src/filter-shell.ts";
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
    // Signals for whatever a program likes have numbers, but no names.
    ["sh", ["-c", "kill -40 $$"], "failed", "sh was killed by signal 40"],
    ["sh", ["-c", "kill -9 0"], "failed", "sh was killed with its shell"],
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

test("A program that has read all has done so although Node, being busy, hears of its end first", async () => {
  const input = Buffer.alloc(3_000_000, "text");
  const shells = new FilterShells("head", ["-c", "3000000"], 4);
  const onOutput = (): void => {
    for (const end = performance.now() + 5; performance.now() < end;);
  };
  const runs = Array.from({ length: 4 }, async (_, index) => {
    const options = { signal, onOutput: index === 0 ? onOutput : (): void => {} };
    for (let run = 0; run < 10; run++) await shells.run(input, options);
  });
  await expect(Promise.all(runs)).resolves.toHaveLength(4);
});

test("A run whose shell is killed before the rest of the input could be looked at has failed", async () => {
  const shells = new FilterShells("sh", ["-c", "cat > /dev/null; echo $PPID"]);
  // The number comes together with the program's end.
  const onOutput = (pid: Uint8Array): void => killNow(Number(Buffer.from(pid).toString()));
  const run = shells.run(Buffer.from("bytes"), { signal, onOutput });
  await expect(run).rejects.toMatchObject({ code: "left-early" });
});

test("Where a waiting shell was killed, the next run starts another", async () => {
  const shells = new FilterShells("sh", ["-c", "cat > /dev/null; cut -d ' ' -f 5 /proc/$$/stat"]);
  const run = async (): Promise<number> => {
    let group = "";
    const onOutput = (piece: Uint8Array): void => void (group += Buffer.from(piece).toString());
    await shells.run(Buffer.from("bytes"), { signal, onOutput });
    return Number(group);
  };
  const first = await run();
  process.kill(-first, "SIGKILL");
  // Node has then seen the end of its child.
  while (existsSync(`/proc/${first}`)) await new Promise(setImmediate);
  expect(await run()).not.toBe(first);
});

describe("Where there is no shell that works", () => {
  test("a run says so, with the shell's last words", async () => {
    vi.stubEnv("PATH", await folderWith("sh", "echo one >&2; echo no memory >&2; exit 1"));
    const run = filtered("cat", Buffer.from("bytes"));
    await expect(run).rejects.toMatchObject({
      code: "not-started",
      message: "sh could not be run: it ended at once: no memory",
    });
  });

  test("disposing it has nothing to wait for", async () => {
    vi.stubEnv("PATH", "/nowhere");
    const shells = new FilterShells("cat", [], 2);
    await expect(shells[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
});

test("A shell that has been killed is neither waited for nor run", async () => {
  const shell = await FilterShell.start("cat", []);
  shell.kill();
  while (!shell.ended) await new Promise(setImmediate);
  await shell.close();
  const end = await shell.run(
    Buffer.from("bytes"),
    () => {},
    () => {},
  );
  expect(end).toEqual({ status: undefined, readAll: false, complaint: "" });
});

test("Disposing it does not wait for what a program has left behind", async () => {
  const token = `t${randomUUID()}`;
  // Until it is another program, it has this one's arguments.
  const isOther = "grep -qx sleep /proc/$!/comm";
  const program = `setsid sleep 600 & until ${isOther}; do :; done; echo $!; cat`;
  const shells = new FilterShells("sh", ["-c", program, token]);
  let output = "";
  const onOutput = (piece: Uint8Array): void => void (output += Buffer.from(piece).toString());
  await shells.run(Buffer.from("bytes"), { signal, onOutput });
  await shells[Symbol.asyncDispose]();
  expect(await processesWith(token)).toBe(0);
  process.kill(Number.parseInt(output, 10));
});

/** Kills a process and waits until nothing can be asked of it. */
function killNow(pid: number): void {
  process.kill(pid, "SIGKILL");
  while (existsSync(`/proc/${pid}/fd/5`));
}

/** A folder with one shell script. */
async function folderWith(name: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "filter-shells-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** How many processes have a word among their arguments. */
async function processesWith(word: string): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(word)).length;
}
