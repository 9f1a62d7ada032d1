import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const DEMO = fileURLToPath(new URL("../../dist/demo/demo.js", import.meta.url));

test("The demo archives a tree twice, uploads little the second time, and restores it.", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO]);
  expect(stdout).toMatch(/archived frodo 1: (\d+) chunks, \1 new, /);
  expect(stdout).toMatch(/archived frodo 2: \d{2} chunks, \d new, /);
  expect(stdout).toMatch(/yes, all \d+ entries \(\d+ at the top\)\n$/);
}, 180_000);
