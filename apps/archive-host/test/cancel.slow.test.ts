// How BackupPC's child stops: by signals, by a closed pipe, by a lost parent.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openSite, type Running, type Site, start } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

/** A shell script that notes its process in `NAME.pid` and then does as it is told. */
async function program(name: string, lines: string): Promise<string> {
  const file = join(site.folder, name);
  await writeFile(file, `#!/bin/sh\necho $$ > ${file}.pid\n${lines}\n`);
  await chmod(file, 0o755);
  return file;
}

/** The process of a {@link program}, once it runs. */
async function pidOf(name: string): Promise<number> {
  const file = join(site.folder, `${name}.pid`);
  return await vi.waitFor(
    async () => {
      const pid = Number(await readFile(file, "utf8"));
      expect(pid).toBeGreaterThan(0);
      return pid;
    },
    { timeout: 120_000 },
  );
}

async function untilGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 120_000 });
}

/** Seconds until it has ended after `cancel`. */
async function secondsToStop(running: Running, cancel: () => void): Promise<number> {
  const cancelled = performance.now();
  cancel();
  await running.ended;
  return (performance.now() - cancelled) / 1000;
}

/** BackupPC_tarCreate in the middle of a tar that goes on. */
const ENDLESS = "echo working >&2; head -c 3000000 /dev/zero; exec sleep 600";

/** Seconds, by far more than a busy machine takes, and fewer than the programs that would be waited for. */
const SOON = 200;

describe("A signal", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s stops it, with status 130 and the reason last",
    async (signal) => {
      await program("tar-create", ENDLESS);
      const running = start(site.command(), site.environment());
      const tarCreate = await pidOf("tar-create");
      expect(await secondsToStop(running, () => running.child.kill(signal))).toBeLessThan(SOON);
      expect(await running.ended).toBe(130);
      expect(running.lines.at(-1)).toMatch(new RegExp(`^Interrupted \\(${signal}\\)\\. `));
      await untilGone(tarCreate);
      expect(await site.statuses()).toEqual(["incomplete"]);
      expect(
        [...(await site.leftBehind()).keys()].filter((name) => /pipe|status/.test(name)),
      ).toEqual([]);
    },
  );

  test("stops the compression's programs too", async () => {
    const filter = await program("filter", "exec sleep 600");
    const running = start(site.command({ 6: filter }), site.environment());
    const pid = await pidOf("filter");
    expect(await secondsToStop(running, () => running.child.kill("SIGINT"))).toBeLessThan(SOON);
    expect(await running.ended).toBe(130);
    await untilGone(pid);
  });

  test.each([
    ["its start", "started.json", []],
    ["a chunk", "00000002", ["incomplete"]],
    ["the manifest", "manifest.json", ["incomplete"]],
    ["the marker", "complete.", ["incomplete"]],
  ])("stops it while the store does not answer to %s, without a marker", async (_, part, after) => {
    let asked = false;
    site.fault = ({ key }) => {
      if (!key.includes(part)) return undefined;
      asked = true;
      return "hang";
    };
    const running = start(site.command(), site.environment());
    await vi.waitFor(() => expect(asked).toBe(true), { timeout: 120_000 });
    expect(await secondsToStop(running, () => running.child.kill("SIGINT"))).toBeLessThan(SOON);
    expect(await running.ended).toBe(130);
    expect(running.lines.at(-1)).toMatch(/^Interrupted \(SIGINT\)\. /);
    expect(await site.statuses()).toEqual(after);
  });

  test("stops it while it waits for the passphrase", async () => {
    const ask = await program("ask", "exec sleep 600");
    await site.configure({ passphrase: undefined, passphraseCommand: ask });
    const running = start(site.command(), site.environment());
    const pid = await pidOf("ask");
    expect(await secondsToStop(running, () => running.child.kill("SIGINT"))).toBeLessThan(SOON);
    expect(await running.ended).toBe(130);
    await untilGone(pid);
  });
});

describe("Without a signal", () => {
  // Perl's pipe is BackupPC's: it closes its end and waits for the child.
  const PIPE =
    'open($f, "-|", @ARGV); while (<$f>) { last if /working/ } close($f); print "status ", $? >> 8, "\\n"';

  test("it stops when BackupPC no longer listens", async () => {
    await program("tar-create", ENDLESS);
    const running = start(["perl", "-e", PIPE, ...site.command()], site.environment());
    const tarCreate = await pidOf("tar-create");
    const seen = performance.now();
    await running.ended;
    expect((performance.now() - seen) / 1000).toBeLessThan(SOON);
    expect(running.lines).toEqual(["status 130"]);
    await untilGone(tarCreate);
  });

  test("it stops when its parent is lost", async () => {
    await program("tar-create", ENDLESS);
    const script = '"$@" & echo "child $!"; wait';
    const running = start(["sh", "-c", script, "sh", ...site.command()], site.environment());
    const [, child] = (await running.said(/^child \d+$/)).split(" ");
    const tarCreate = await pidOf("tar-create");
    // Its output stays open to us until it ends itself.
    expect(await secondsToStop(running, () => running.child.kill("SIGKILL"))).toBeLessThan(SOON);
    expect(running.lines.at(-1)).toMatch(/^Interrupted \(BackupPC has gone\)\. /);
    await untilGone(Number(child));
    await untilGone(tarCreate);
  });
});
