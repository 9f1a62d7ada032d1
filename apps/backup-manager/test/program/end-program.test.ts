import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { endProgram } from "../../src/program/end-program.ts";

describe("endProgram", () => {
  test("ends a program", async () => {
    const child = spawn("sleep", ["60"]);
    const ended = once(child, "exit");
    endProgram(child);
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  test("signals nobody where the program could not be started", async () => {
    const child = spawn("/nowhere/tar");
    const failed = once(child, "error");
    // Else it would end the tests themselves.
    const kill = vi.spyOn(child, "kill").mockReturnValue(true);
    endProgram(child);
    expect(kill).not.toHaveBeenCalled();
    await failed;
  });
});
