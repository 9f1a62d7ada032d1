import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { streamInput } from "../../src/input/stream-input.ts";

const run = promisify(execFile);

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "bench-input-"))));
afterEach(async () => await rm(folder, { recursive: true }));

test("a stream is a whole tar of the length that it tells, and ends as BackupPC_tarCreate does", async () => {
  const { tarCreate, bytes } = await streamInput(folder, 200e6);
  const { stdout } = await run("sh", ["-c", '"$0" | tar --list', tarCreate]);
  expect(stdout).toBe("random\nrandom\nrandom\n");
  const counted = await run("sh", ["-c", '"$0" | wc -c', tarCreate]);
  expect(Number(counted.stdout)).toBe(bytes);
  expect(counted.stderr).toMatch(/^Done: 1 files/);
});
