import { expect, test } from "vitest";
import { ensureProgram } from "../../src/program/ensure-program.ts";

test("What a program printed is given.", async () => {
  expect(await ensureProgram("cat", [], { input: "text" })).toBe("text");
});

test("A failure tells the program, its status and the end of what it said.", async () => {
  const failing = ensureProgram("sh", ["-c", "echo out; echo the cause >&2; exit 3"]);
  await expect(failing).rejects.toThrow("sh -c ended with status 3. the cause");
});

test("A program that is not there is told as missing.", async () => {
  const missing = ensureProgram("/nonexistent/program", []);
  await expect(missing).rejects.toMatchObject({ code: "missing", name: "RigError" });
});
