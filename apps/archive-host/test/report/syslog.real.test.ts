// Syslog over the machine's own socket, by the real logger(1) and rsyslog.
import {
  installDebianPackages,
  type Rsyslog,
  startRsyslog,
  syslogPackages,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openSite, type Site, start } from "../site.ts";

let syslog: Rsyslog;
beforeAll(async () => {
  await installDebianPackages(syslogPackages, () => {});
  syslog = await startRsyslog();
});
afterAll(async () => await syslog.stop());

let site: Site;
beforeEach(async () => {
  site = await openSite();
  await site.configure({ syslog: true });
});
afterEach(async () => await site.close());

async function linesOf(pid: number | undefined): Promise<string[]> {
  return (await syslog.lines()).filter((line) => line.includes(`archive-host[${pid}]: `));
}

test("What was archived is in syslog, by the priority of what went well", async () => {
  const running = start(site.command(), site.environment());
  expect(await running.ended).toBe(0);
  await vi.waitFor(async () => {
    const last = (await linesOf(running.child.pid)).at(-1);
    expect(last).toMatch(/^daemon\.info archive-host\[\d+\]: archived merlin 1: 4 chunks/);
  }, LOGGED);
  expect(await linesOf(running.child.pid)).not.toContainEqual(expect.stringContaining("progress"));
});

test("What failed is in syslog as an error", async () => {
  const running = start(site.command({ 6: "/bin/false" }), site.environment());
  expect(await running.ended).toBe(2);
  await vi.waitFor(async () => {
    const last = (await linesOf(running.child.pid)).at(-1);
    expect(last).toMatch(/^daemon\.err archive-host\[\d+\]: .*\/bin\/false/);
  }, LOGGED);
});

/** logger is a program of its own, which may write later than archive-host ends. */
const LOGGED = { timeout: 120_000 };
