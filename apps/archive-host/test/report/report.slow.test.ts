// What a person at a terminal, syslog and the status file see of the bundle.
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readRunStatuses } from "@backuppc-archive-s3/archiver";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LEFT_BEHIND, openSite, type Site, start } from "../site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

describe("The status file", () => {
  test("tells how far a run is, and is gone with it", async () => {
    await site.configure({ uploadLimit: "400kB/s" });

    const running = start(site.command(), site.environment());
    const [seen] = await vi.waitFor(
      async () => {
        const runs = await readRunStatuses(site.work);
        expect(runs).toHaveLength(1);
        expect(runs[0]?.status.bytesPerSecond).toBeGreaterThan(0);
        return runs;
      },
      { timeout: 120_000 },
    );
    expect(seen).toMatchObject({ running: true });
    expect(seen?.status).toMatchObject({ host: "merlin", number: 1, percent: null });
    expect(seen?.status.process.id).toBe(running.child.pid);
    expect(seen?.status.bytesPerSecond).toBeLessThan(500_000);
    running.child.kill("SIGINT");
    expect(await running.ended).toBe(130);
    expect(await readRunStatuses(site.work)).toEqual([]);
  });

  test("is stale after a kill", async () => {
    await site.configure({ uploadLimit: "100kB/s" });
    const running = start(site.command(), site.environment());
    await vi.waitFor(async () => expect(await readRunStatuses(site.work)).toHaveLength(1), {
      timeout: 120_000,
    });
    running.child.kill("SIGKILL");
    await running.ended;
    expect(await readRunStatuses(site.work)).toMatchObject([{ running: false }]);
  });

  test("that can't be written is told once and hinders nothing", async () => {
    await site.configure({ uploadLimit: "800kB/s" });
    await mkdir(join(site.work, "merlin.1.status.json"), { recursive: true });
    const running = start(site.command(), site.environment());
    expect(await running.ended).toBe(0);
    const complaints = running.lines.filter((line) => line.startsWith("the status file can't"));
    expect(complaints).toHaveLength(1);
  });
});

describe("syslog", () => {
  /** A logger(1) that writes what it gets to a file. */
  async function logger(lines: string): Promise<Record<string, string>> {
    const programs = join(site.folder, "programs");
    await mkdir(programs);
    await writeFile(join(programs, "logger"), `#!/bin/sh\n${lines}\n`);
    await chmod(join(programs, "logger"), 0o755);
    return site.environment({ PATH: `${programs}:${process.env["PATH"]}` });
  }

  test("gets what was archived, and what failed as an error", async () => {
    await site.configure({ syslog: true });
    const log = join(site.folder, "log");
    const environment = await logger(`echo "$@" >> ${log}; exec cat >> ${log}`);
    const running = start(site.command(), environment);
    expect(await running.ended).toBe(0);
    const tag = `--tag archive-host[${running.child.pid}] --prio-prefix`;
    const said = async (): Promise<string[]> => (await readFile(log, "utf8")).trim().split("\n");
    await vi.waitFor(async () => {
      expect(await said()).toEqual([
        tag,
        // This BackupPC_tarCreate is not BackupPC's.
        expect.stringMatching(/^<30>warning: BackupPC's record of merlin 1 can't be read \(/),
        expect.stringMatching(/^<30>archiving merlin 1, attempt .*, to offsite$/),
        expect.stringMatching(/^<30>archived merlin 1: 4 chunks, /),
      ]);
    }, LOGGED);
    expect(await start(site.command({ 6: "/bin/false" }), environment).ended).toBe(2);
    await vi.waitFor(async () => {
      expect((await said()).at(-1)).toMatch(/^<27>.*\/bin\/false/);
    }, LOGGED);
  });

  test.each([
    ["logger fails", "exit 1"],
    [
      "logger fails at the last line",
      "while read -r line; do case $line in *archived*) exit 1; esac; done",
    ],
    ["logger never reads", "exec sleep 5"],
  ])("fails no archive when %s", async (_, lines) => {
    await site.configure({ syslog: true });
    const running = start(site.command(), await logger(lines));
    expect(await running.ended).toBe(0);
    expect(running.lines.at(-1)).toMatch(/^archived merlin 1/);
  });

  test("fails no archive when there is no logger", async () => {
    await site.configure({ syslog: true });
    const programs = join(site.folder, "programs");
    await mkdir(programs);
    for (const name of ["sh", "tar", "find", "wc", "mkfifo", "flock"]) {
      await writeFile(join(programs, name), `#!/bin/sh\nexec /usr/bin/${name} "$@"\n`);
      await chmod(join(programs, name), 0o755);
    }
    const running = start(site.command(), site.environment({ PATH: programs }));
    expect(await running.ended).toBe(0);
    expect(running.lines).toContain("syslog gets no more of this: spawn logger ENOENT");
  });
});

test("A person at a terminal sees a bar below the lines", async () => {
  await site.configure({ uploadLimit: "2MB/s" });
  const typescript = join(site.folder, "typescript");
  const words = site.command().map((word) => `'${word}'`);
  const screen = start(
    ["script", "--quiet", "--return", "--command", words.join(" "), typescript],
    site.environment({ TERM: "xterm" }),
  );
  expect(await screen.ended).toBe(0);
  const seen = (await readFile(typescript, "utf8")).replaceAll("\r\u001B[K", "<clear>");
  expect(seen).toMatch(/<clear>[\d.]+ [kM]?B uploaded, [\d.]+ [kM]B\/s/);
  expect(seen).toMatch(/<clear>archived merlin 1: .*uploaded\r?\n/);
  expect(seen).not.toContain("progress:");
  expect((await readdir(site.work)).toSorted()).toEqual(LEFT_BEHIND);
});

/** logger is a program of its own, which may write later than archive-host ends. */
const LOGGED = { timeout: 120_000 };
