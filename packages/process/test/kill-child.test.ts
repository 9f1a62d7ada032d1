import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { endChild, killChild, killOnAbort } from "../src/kill-child.ts";

describe.each([
  ["killChild", killChild, "SIGKILL"],
  ["endChild", endChild, "SIGTERM"],
])("%s", (_, end, signal) => {
  test("ends a program", async () => {
    const child = spawn("sleep", ["600"]);
    const ended = once(child, "exit");
    end(child);
    expect(await ended).toEqual([null, signal]);
  });

  test("signals nobody where the program could not be started", async () => {
    const child = spawn("/nowhere/zstd");
    const failed = once(child, "error");
    // Else it would end the tests themselves.
    const kill = vi.spyOn(child, "kill").mockReturnValue(true);
    end(child);
    expect(kill).not.toHaveBeenCalled();
    await failed;
  });
});

describe("killOnAbort", () => {
  test.each([
    ["aborts", async (controller: AbortController) => controller.abort()],
    [
      "aborts later",
      async (controller: AbortController) => void setTimeout(() => controller.abort(), 20),
    ],
  ])("kills the program when the signal %s", async (_, abort) => {
    const controller = new AbortController();
    const child = spawn("sleep", ["600"]);
    const ended = once(child, "exit");
    killOnAbort(child, controller.signal);
    await abort(controller);
    expect(await ended).toEqual([null, "SIGKILL"]);
  });

  test("kills at once where the signal has aborted already, but nobody else", async () => {
    const running = spawn("sleep", ["600"]);
    const ended = once(running, "exit");
    killOnAbort(running, AbortSignal.abort());
    expect(await ended).toEqual([null, "SIGKILL"]);

    const missing = spawn("/nowhere/zstd");
    const failed = once(missing, "error");
    const kill = vi.spyOn(missing, "kill").mockReturnValue(true);
    killOnAbort(missing, AbortSignal.abort());
    expect(kill).not.toHaveBeenCalled();
    await failed;
  });
});
