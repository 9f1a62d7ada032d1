import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../src/with-lock.ts";
import { runProgram } from "../src/program/run-program.ts";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
  file = join(folder, "lock");
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("One task at a time holds the lock, and it is freed when the last has failed.", async () => {
  const events: string[] = [];
  const task = async (name: string): Promise<void> => {
    events.push(`${name} begins`);
    await sleep(10);
    events.push(`${name} ends`);
    if (name === "b") throw new Error("b fails");
  };
  let a = Promise.resolve();
  await new Promise<void>((held) => {
    a = withLock(file, async () => {
      held();
      await task("a");
    });
  });
  await expect(withLock(file, async () => await task("b"))).rejects.toThrow("b fails");
  await a;
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  expect(existsSync(file)).toBe(false);
});

test("The lock of a process that has died is free.", async () => {
  const { stdout: pid } = await runProgram("sh", ["-c", "echo $$"]);
  await writeFile(file, pid);
  expect(await withLock(file, async () => await Promise.resolve("mine"))).toBe("mine");
});
