// The whole bench on next to nothing, as `pnpm bench` starts it, so that a change that breaks it is seen.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecords } from "../src/report/record.ts";
import { TARGETS } from "../src/summary/targets.ts";

const BENCH = fileURLToPath(new URL("../dist/bench.js", import.meta.url));
const PAGE = fileURLToPath(new URL("../../../docs/performance.md", import.meta.url));

let docs: string;
beforeAll(async () => {
  docs = await mkdtemp(join(tmpdir(), "bench-docs-"));
  await copyFile(PAGE, join(docs, "performance.md"));
});
afterAll(async () => await rm(docs, { recursive: true }));

/** Its last lines too, which tell what failed. */
async function bench(...args: string[]): Promise<unknown> {
  const child = spawn(process.execPath, [BENCH, ...args, "--write", "--docs", docs], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [told, [status]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return status === 0 ? 0 : told;
}

test(
  "the quick row runs to its end and fills the page, with every figure that the summary looks for",
  { timeout: 1_200_000 },
  async () => {
    expect(await bench("all", "--quick")).toBe(0);
    const records = await readRecords(join(docs, "performance"));
    const measured = TARGETS.filter(({ section }) => records[section] !== undefined);
    expect(measured.length).toBeGreaterThan(4);
    for (const { section, figures } of measured) {
      expect(Object.keys(records[section]?.figures ?? {})).toEqual(
        expect.arrayContaining([...figures]),
      );
    }
    expect(await readFile(join(docs, "performance.md"), "utf8")).toMatch(
      /gpg alone .* x \| +(yes|no) +\|/,
    );
  },
);

test("a backup of the real BackupPC is an input", async () => {
  const sizes = ["--size", "8MiB", "--chunk", "4MiB", "--rounds", "1"];
  expect(await bench("null-sink", "--input", "backuppc", ...sizes)).toBe(0);
  const { "null-sink-backuppc": record } = await readRecords(join(docs, "performance"));
  expect(record?.figures["time against split + gpg + curl -T -"]).toBeGreaterThan(0);
});
