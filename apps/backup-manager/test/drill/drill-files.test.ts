import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import {
  checkDrillFolder,
  provenAt,
  readDrills,
  writeDrills,
} from "../../src/drill/drill-files.ts";
import type { HostDrills } from "../../src/drill/drill-record.ts";

let folder: string;
const notes: string[] = [];
const note = (line: string): void => void notes.push(line);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drill-files-"));
  notes.length = 0;
  onTestFinished(async () => await rm(folder, { recursive: true }));
});

const LAST = {
  time: "2026-11-20T00:00:00.000Z",
  number: 7,
  attempt: "20261120T000000Z-5f3a9c",
  scope: "members",
  againstBackuppc: false,
  result: "proven",
  reason: null,
  members: 12,
  bytes: 3000,
  seconds: 1.5,
} as const;
const DRILLS: HostDrills = { format: 1, host: "web server", last: LAST, proven: LAST };

describe("The results of drills", () => {
  test("are kept in a file of mode 600 for each host, whatever its name", async () => {
    await writeDrills(folder, DRILLS);
    expect(await readdir(folder)).toEqual(["web%20server.drill"]);
    expect((await stat(join(folder, "web%20server.drill"))).mode & 0o777).toBe(0o600);
    expect(await readDrills(folder, note)).toEqual(new Map([["web server", DRILLS]]));
    expect(notes).toEqual([]);
  });

  test("have the time of the last proof of each host that has one", () => {
    const failed: HostDrills = { ...DRILLS, host: "gandalf", proven: null };
    const drills = new Map([DRILLS, failed].map((each) => [each.host, each] as const));
    expect(provenAt(drills)).toEqual(new Map([["web server", new Date(LAST.time)]]));
  });

  test.each(["", "{", '{"format":2}'])("are not known where a file holds %j", async (text) => {
    await writeFile(join(folder, "gandalf.drill"), text);
    expect(await readDrills(folder, note)).toEqual(new Map());
    expect(notes).toEqual([
      `the last drill is not known: ${folder}/gandalf.drill is damaged. Drill the host again.`,
    ]);
    await writeDrills(folder, { ...DRILLS, host: "gandalf" });
    expect((await readDrills(folder, note)).size).toBe(1);
  });

  test("are none where there is no folder, which a drill refuses beforehand", async () => {
    const gone = join(folder, "gone");
    expect(await readDrills(gone, note)).toEqual(new Map());
    await expect(checkDrillFolder(gone)).rejects.toMatchObject({
      code: "cannot-drill",
      hint: "Set stateDirectory to a directory of your own (mkdir -m 700 DIR).",
    });
    await expect(checkDrillFolder(folder)).resolves.toBeUndefined();
  });
});
