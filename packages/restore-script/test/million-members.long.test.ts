import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { timedRun } from "./timed-run.ts";

const MEMBERS = 1_000_000;
let bench: Bench;
let indexBytes = 0;

beforeAll(async () => {
  bench = await setUpBench();
  await bench.startAfresh();
  await bench.archive({
    compression: { name: "gzip", suffix: ".gz" },
    index: true,
    forgeIndex: (text) => {
      const whole = text + inventedLines();
      indexBytes = whole.length;
      return whole;
    },
  });
});
afterAll(async () => {
  await bench.tearDown();
});

/** Members of a tar that is 4 TiB long; its offsets are beyond what 32 bits hold. */
function inventedLines(): string {
  const lines: string[] = [];
  for (let at = 0; at < MEMBERS; at++) {
    const folder = `./home/user ${at % 7}/project-${Math.floor(at / 900)}/src/module${at % 31}`;
    const numbers = [4_000_000_000 + at * 4_194_304, 4_194_304, "0", "0644", 1000, 1000];
    lines.push(
      [...numbers, 1_700_000_000 + at, 4_193_000, "-", `${folder}/file-${at}.c`].join("\t"),
    );
  }
  return `${lines.join("\n")}\n`;
}

test.each([
  ["dash", "mawk"],
  ["busybox sh", "busybox awk"],
])("Under %s with %s a million members are listed, and one is found", async (shell, awk) => {
  print(
    `${MEMBERS} members: ${indexBytes} bytes of index, ${await bench.storedIndexBytes()} stored`,
  );
  const how = { shell, programs: { awk: `#!/bin/sh\nexec ${awk} "$@"\n` } };
  for (const args of [["--list"], ["--find", "*-999999.c"], [`by ${awk}`, "etc/set-uid"]]) {
    const { ended, seconds, peak } = await timedRun(bench, args, how);
    print(
      `${shell}, ${awk}: ${args.join(" ")}: ${seconds.toFixed(1)} s, ${(peak / 1e6).toFixed(0)} MB`,
    );
    expect(ended).toMatchObject({ status: 0 });
    const last = args[1] === "etc/set-uid" ? "" : "/file-999999.c\n";
    expect(ended.stdout.toString()).toContain(last);
    // One line of the index at a time is in memory, whatever awk it is.
    expect(peak).toBeLessThan(128_000_000);
  }
});

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}
