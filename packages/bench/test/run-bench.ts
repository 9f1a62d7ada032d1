import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";

/** As `pnpm bench` starts it, to write into a copy of the docs. */
export interface BenchRun {
  readonly docs: string;
  /** 0, or the last lines, which tell what failed. */
  bench(...args: string[]): Promise<unknown>;
}

/** The whole bench, for a file of tests. */
export function benchWithDocs(): BenchRun {
  let docs = "";
  beforeAll(async () => {
    docs = await mkdtemp(join(tmpdir(), "bench-docs-"));
    await copyFile(PAGE, join(docs, "performance.md"));
  });
  afterAll(async () => await rm(docs, { recursive: true }));
  return {
    get docs() {
      return docs;
    },
    async bench(...args) {
      const child = spawn(process.execPath, [BENCH, ...args, "--write", "--docs", docs], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, "exit")]);
      return status === 0 ? 0 : stderr;
    },
  };
}

const BENCH = fileURLToPath(new URL("../dist/bench.js", import.meta.url));
const PAGE = fileURLToPath(new URL("../../../docs/performance.md", import.meta.url));
