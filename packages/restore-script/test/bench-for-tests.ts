import { afterAll, beforeEach } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import type { ArchiveOptions } from "./stored-archive.ts";

export const GZIP = { compression: { name: "gzip", suffix: ".gz" } };

/** A bench for a test file: started afresh before each test, with this archive where one is given. */
export async function benchForTests(options?: ArchiveOptions): Promise<Bench> {
  const bench = await setUpBench();
  afterAll(async () => await bench.tearDown());
  beforeEach(async () => {
    await bench.startAfresh();
    if (options !== undefined) await bench.archive(options);
  });
  return bench;
}
