import { type ChildProcess, spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { childEnd } from "../src/child-end.ts";
import { killChild } from "../src/kill-child.ts";
import { started } from "../src/started.ts";

async function shell(script: string): Promise<ChildProcess> {
  return await started(() => spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "pipe"] }));
}

describe("childEnd", () => {
  test.each([
    ["exit 0", { well: true, how: "ended with status 0" }],
    ["exit 3", { well: false, how: "ended with status 3" }],
    ["kill -9 $$", { well: false, how: "was killed by SIGKILL" }],
  ])("tells how %j ended", async (script, end) => {
    const child = await shell(script);
    child.stdout?.resume();
    child.stderr?.resume();
    expect(await childEnd(child)).toEqual(end);
  });

  test.each([
    ["a program that failed, whose pipes", "sleep 600 & exit 1"],
    ["a program that ended well, whose stderr", "sleep 600 > /dev/null & exit 0"],
  ])("does not wait for ever for %s is held by what it left behind", async (_, script) => {
    const child = await shell(script.replace("&", "& echo $! >&2;"));
    child.stdout?.resume();
    let left = "";
    child.stderr?.on("data", (piece: Buffer) => (left += piece.toString()));
    await childEnd(child);
    // Which it throws at if that has gone.
    expect(process.kill(Number(left))).toBe(true);
  });

  test("outlives a kill that is refused, each time again", async () => {
    const child = await shell("exec sleep 600");
    const ended = childEnd(child);
    for (let time = 0; time < 2; time++) child.emit("error", new Error("kill EPERM"));
    killChild(child);
    expect(await ended).toEqual({ well: false, how: "was killed by SIGKILL" });
  });
});

describe("started", () => {
  test.each([
    ["/nowhere/zstd", /ENOENT/],
    ["/etc/passwd/zstd", /ENOTDIR/],
    ["/etc", /EACCES/],
  ])("throws where %s can't be run", async (path, reason) => {
    await expect(started(() => spawn(path))).rejects.toThrow(reason);
  });
});
