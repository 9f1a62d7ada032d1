import { spawn } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import {
  processStart,
  readRunStatuses,
  removeRunStatus,
  type RunStatus,
  writeRunStatus,
} from "../../src/index.ts";
import { runStatusFile } from "../../src/run-status/run-status.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-status-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function statusOf(host: string, changes: Partial<RunStatus> = {}): Promise<RunStatus> {
  return {
    format: 1,
    host,
    number: 7,
    attempt: "20261122T031500Z-5f3a9c",
    process: { id: process.pid, start: (await processStart(process.pid)) ?? "" },
    started: "2026-11-22T03:15:00.000Z",
    updated: "2026-11-22T03:16:00.000Z",
    chunks: 3,
    tarBytes: 3_000_000,
    storedBytes: 2_000_000,
    percent: 12,
    bytesPerSecond: 50_000,
    secondsLeft: null,
    ...changes,
  };
}

describe("A run's status", () => {
  test("is read as it was written last, and gone when it is removed", async () => {
    const status = await statusOf("gandalf");
    await writeRunStatus(folder, await statusOf("gandalf", { chunks: 2 }));
    await writeRunStatus(folder, status);
    expect(await readdir(folder)).toEqual(["gandalf.7.status.json"]);
    expect(await readRunStatuses(folder)).toEqual([{ status, running: true }]);
    await removeRunStatus(folder, status);
    await removeRunStatus(folder, status);
    expect(await readdir(folder)).toEqual([]);
  });

  test("is not written through a link, be it in its own place or beside it", async () => {
    const status = await statusOf("gandalf");
    const other = join(folder, "of-another-user");
    await writeFile(other, "theirs");
    for (const link of [runStatusFile(folder, status), `${runStatusFile(folder, status)}.new`]) {
      await symlink(other, link);
      await writeRunStatus(folder, status);
      expect(await readFile(other, "utf8")).toBe("theirs");
      expect((await lstat(runStatusFile(folder, status))).isFile()).toBe(true);
      await removeRunStatus(folder, status);
    }
  });

  test("is stale when its process is gone, or its id is another's now", async () => {
    const start = (await processStart(process.pid)) ?? "";
    // No process has this id: it is above the kernel's largest.
    const gone = { id: 4_194_305, start };
    await writeRunStatus(folder, await statusOf("gone", { process: gone }));
    const reused = { id: process.pid, start: `${start}0` };
    await writeRunStatus(folder, await statusOf("reused", { process: reused }));
    const seen = await readRunStatuses(folder);
    expect(seen.map(({ status, running }) => [status.host, running])).toEqual([
      ["gone", false],
      ["reused", false],
    ]);
  });

  test("is stale when its process has ended, though nobody has waited for it", async () => {
    const parent = spawn("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"]);
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [line] = await once(parent.stdout, "data");
    const id = Number(line);
    const start = (await processStart(id)) ?? "";
    await writeRunStatus(folder, await statusOf("zombie", { process: { id, start } }));
    expect(await readRunStatuses(folder)).toMatchObject([{ running: true }]);
    // A shell waits for it, what it becomes does not.
    while (!(await procStat(parent.pid)).includes("(sleep)")) await sleep(1);
    process.kill(id, "SIGKILL");
    while (!(await procStat(id)).includes(") Z ")) await sleep(1);
    expect(await readRunStatuses(folder)).toMatchObject([{ running: false }]);
  });

  test.each(["web", "web.example.com", "..", "a/b", "ä b%"])(
    "of the host %j has a file of its own in the folder",
    async (host) => {
      const status = await statusOf(host);
      await writeRunStatus(folder, status);
      const [name = ""] = await readdir(folder);
      expect(runStatusFile(folder, status)).toBe(join(folder, basename(name)));
      expect(await readRunStatuses(folder)).toEqual([{ status, running: true }]);
    },
  );

  test.each(["", "{", '{"format":2}', "[]"])("that says %j is left out", async (text) => {
    await writeFile(join(folder, "gandalf.7.status.json"), text);
    expect(await readRunStatuses(folder)).toEqual([]);
  });

  test.each([{ attempt: "../../etc" }, { attempt: "20260230T031500Z-5f3a9c" }, { host: "\ud800" }])(
    "of %j is left out",
    async (changes) => {
      const text = JSON.stringify({ ...(await statusOf("gandalf")), ...changes });
      await writeFile(join(folder, "gandalf.7.status.json"), text);
      expect(await readRunStatuses(folder)).toEqual([]);
    },
  );

  test("is refused before it is written if it could not be read again", async () => {
    await expect(writeRunStatus(folder, await statusOf("", {}))).rejects.toThrow("host");
    expect(await readdir(folder)).toEqual([]);
  });

  test("holds one key a line, for people", async () => {
    await writeRunStatus(folder, await statusOf("gandalf"));
    const text = await readFile(join(folder, "gandalf.7.status.json"), "utf8");
    expect(text).toContain('\n "percent": 12,\n');
  });
});

/** What Linux says of a process: its id, (name), state and more. */
async function procStat(id: number | undefined): Promise<string> {
  return await readFile(`/proc/${id}/stat`, "latin1");
}
