// A machine that is short of something, and a working directory that changes under the run: however
// it ends, the last line tells why, and no stack is in BackupPC's log.
import { writeFileSync } from "node:fs";
import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSite, type Running, type Site, start } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

/** What BackupPC should not see when it has ended: a last line that tells no reason, and what Node prints of an error. */
async function unfit({ ended, lines }: Running): Promise<string[]> {
  const last = (await ended) === 0 ? /^archived / : /^(?!archived )\S+ .*\.$/;
  const bad = lines.filter((line) => /^ {4}at |^Node\.js v|^ {2}errno:/.test(line));
  return [...bad, ...lines.slice(-1).filter((line) => !last.test(line))];
}

// From where little more than Node itself fits in to where the archive does, in steps that meet each program in turn.
test.each([26, 33, 36, 39, 42, 45, 48, 51, 54])(
  "With %i open files it ends with the reason, or well",
  async (files) => {
    await site.configure({ syslog: true });
    const limited = ["sh", "-c", `ulimit -n ${files}; exec "$@"`, "limited"];
    const running = start([...limited, ...site.command({ 6: "/bin/bzip2" })], site.environment());
    expect(await unfit(running)).toEqual([]);
  },
);

describe("While the store takes a chunk", () => {
  /** Runs it, and does something once a chunk is on its way, which fails once. */
  async function meanwhile(part: string, work: () => Promise<void>): Promise<Running> {
    let working: Promise<void> | undefined;
    site.fault = ({ key }) => {
      if (working !== undefined || !key.includes(part)) return undefined;
      working = work();
      return "cut";
    };
    const running = start(site.command(), site.environment());
    await running.ended;
    await working;
    return running;
  }

  test("the working directory may go", async () => {
    const running = await meanwhile("00000001", async () => {
      await rename(site.work, `${site.work}.gone`);
    });
    expect(await unfit(running)).toEqual([]);
  });

  test("the chunk index may go: it is written anew", async () => {
    const index = join(site.work, "merlin.index");
    const running = await meanwhile("00000002", async () => await rm(index));
    expect(await running.ended).toBe(0);
    expect((await readFile(index, "utf8")).length).toBeGreaterThan(500);
  });
});

test("A program of compression that leaves another behind keeps no failed archive from its end", async () => {
  const filter = join(site.folder, "filter");
  await writeFile(filter, `#!/bin/sh\nsleep 20 &\necho $! >> ${filter}.pids\nexit 1\n`);
  await chmod(filter, 0o755);
  const running = start(site.command({ 6: filter }), site.environment());
  expect(await unfit(running)).toEqual([]);
  expect(running.lines.at(-1)).toMatch(/filter ended with status 1\. /);
});

test("An error that nobody has foreseen is told in one line", async () => {
  const broken = join(site.folder, "broken.mjs");
  const atWork = join(site.folder, "at-work");
  // Threads load it, too, and the end of one of those has been foreseen.
  const source = `import { existsSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
const look = () => { if (existsSync(${JSON.stringify(atWork)})) throw new Error("that was not foreseen."); };
if (isMainThread) setInterval(look, 20);`;
  await writeFile(broken, source);
  site.fault = ({ key }) => {
    if (!key.includes("00000001")) return undefined;
    writeFileSync(atWork, "");
    return "hang";
  };
  const environment = site.environment({ NODE_OPTIONS: `--import=${broken}` });
  const running = start(site.command(), environment);
  expect(await unfit(running)).toEqual([]);
  expect(await running.ended).toBe(1);
  expect(running.lines.at(-1)).toBe("that was not foreseen.");
});
