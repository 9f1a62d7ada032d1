// What logger(1) gets; a real rsyslog is in apps/archive-host/test/report/syslog.real.test.ts.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startSyslog } from "../src/index.ts";

let folder: string;
let complaints: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "syslog-"));
  complaints = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** In logger's place. @param script what it does, in the folder of this test */
async function withLogger(script: string): Promise<ReturnType<typeof startSyslog>> {
  const text = `#!/bin/sh\ncd ${folder}\n${script}\n`;
  await writeFile(join(folder, "logger"), text, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
  return startSyslog("archive-host", (line) => complaints.push(line));
}

test("Each line has its priority, and is one line whatever is in it", async () => {
  const syslog = await withLogger('echo "$@" >arguments; cat >lines');
  syslog.take("archived frodo 1", "info");
  syslog.take("a name\nwith a line feed", "error");
  await vi.waitFor(async () => {
    const lines = await readFile(join(folder, "lines"), "utf8");
    expect(lines).toBe("<30>archived frodo 1\n<27>a name with a line feed\n");
  }, LONG);
  const words = await readFile(join(folder, "arguments"), "utf8");
  expect(words).toBe(`--tag archive-host[${process.pid}] --prio-prefix\n`);
  await syslog.flushed();
  expect(complaints).toEqual([]);
});

test("A logger that ends is reported once, and the run goes on", async () => {
  const syslog = await withLogger("exit 3");
  await vi.waitFor(() => expect(complaints).toHaveLength(1), LONG);
  for (const line of ["one", "two"]) syslog.take(line, "info");
  await syslog.flushed();
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(/^syslog gets no more of this: logger(: | ended with 3)/);
});

test("A logger that is killed is reported by the signal's name", async () => {
  await withLogger("kill -TERM $$");
  await vi.waitFor(() => expect(complaints).toHaveLength(1), LONG);
  expect(complaints[0]).toMatch(/^syslog gets no more of this: logger(: | ended with SIGTERM)/);
});

test("Without logger(1), that is reported once", async () => {
  vi.stubEnv("PATH", folder);
  const syslog = startSyslog("archive-host", (line) => complaints.push(line));
  for (const line of ["one", "two"]) syslog.take(line, "info");
  await syslog.flushed();
  expect(complaints).toEqual([
    expect.stringMatching(/^syslog gets no more of this: spawn logger ENOENT/),
  ]);
});

test("A logger that reads nothing does not hold up the end", async () => {
  const syslog = await withLogger("echo $$ >pid; exec sleep 600");
  // More than a pipe holds.
  for (let line = 0; line < 20; line++) syslog.take("x".repeat(10_000), "info");
  await syslog.flushed();
  expect(complaints).toEqual([]);
  // Where it has not written its number yet, no process has the other one.
  await vi.waitFor(
    async () => process.kill(Number(await readFile(join(folder, "pid"), "utf8")) || 999_999_999),
    LONG,
  );
});

const LONG = { timeout: 120_000, interval: 20 };
