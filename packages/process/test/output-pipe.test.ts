import { execFile } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { openOutputPipe } from "../src/output-pipe.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "output-pipe-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** Runs a shell script whose output comes through the pipe. */
async function outputOf(
  script: string,
  signal = new AbortController().signal,
): Promise<AsyncIterable<Uint8Array>> {
  const pipe = await openOutputPipe(join(folder, "pipe"), signal);
  const child = spawn("sh", ["-c", script], { stdio: ["ignore", pipe.writeEnd, "ignore"] });
  await once(child, "spawn");
  await pipe.handedOver();
  return pipe.bytes;
}

async function text(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let all = "";
  for await (const piece of bytes) all += decoder.decode(piece, { stream: true });
  return all;
}

describe("openOutputPipe", () => {
  test("gives every byte that the program writes, in order", async () => {
    const numbers = await promisify(execFile)("seq", ["200000"], { maxBuffer: 1e8 });
    expect(await text(await outputOf("seq 200000"))).toBe(numbers.stdout);
  });

  test("gives what is written long after the start, and a program's that writes nothing", async () => {
    expect(await text(await outputOf("echo a; sleep 0.1; echo b"))).toBe("a\nb\n");
    expect(await text(await outputOf("exit 3"))).toBe("");
  });

  test("waits with the program for a slow reader", async () => {
    const bytes = await outputOf("head -c 10000000 /dev/zero");
    let length = 0;
    let pieces = 0;
    for await (const piece of bytes) {
      length += piece.length;
      if (pieces++ % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(length).toBe(10_000_000);
  });

  test("leaves no name behind", async () => {
    await text(await outputOf("echo a"));
    expect(await readdir(folder)).toEqual([]);
  });

  test("lets the program know, by a broken pipe, that nobody reads any more", async () => {
    const pipe = await openOutputPipe(join(folder, "pipe"), new AbortController().signal);
    const child = spawn("yes", [], { stdio: ["ignore", pipe.writeEnd, "ignore"] });
    await once(child, "spawn");
    await pipe.handedOver();
    for await (const piece of pipe.bytes) if (piece.length > 0) break;
    expect((await once(child, "exit"))[1]).toBe("SIGPIPE");
  });

  test("stops with the signal's reason, even if the program goes on", async () => {
    const controller = new AbortController();
    const bytes = await outputOf("echo a; exec sleep 60", controller.signal);
    setTimeout(() => controller.abort(new Error("cancelled")), 50);
    await expect(text(bytes)).rejects.toThrow("cancelled");
  });

  test("leaves no name behind where mkfifo is ended when it has made the pipe", async () => {
    const programs = await mkdtemp(join(tmpdir(), "output-pipe-programs-"));
    onTestFinished(async () => await rm(programs, { recursive: true }));
    const mkfifo = '#!/bin/sh\n/usr/bin/mkfifo "$@"\nkill -INT $$\n';
    await writeFile(join(programs, "mkfifo"), mkfifo, { mode: 0o755 });
    vi.stubEnv("PATH", `${programs}:${process.env["PATH"]}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const opening = openOutputPipe(join(folder, "pipe"), new AbortController().signal);
    await expect(opening).rejects.toMatchObject({ code: "no-pipe" });
    expect(await readdir(folder)).toEqual([]);
  });

  test("fails where the folder is not there", async () => {
    const missing = join(folder, "missing", "pipe");
    await expect(openOutputPipe(missing, new AbortController().signal)).rejects.toThrow(/mkfifo/);
  });
});
