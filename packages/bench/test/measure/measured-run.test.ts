import { expect, test } from "vitest";
import { cpuSecondsIn } from "../../src/measure/cpu-seconds.ts";
import { inTurn } from "../../src/measure/in-turn.ts";
import { measuredRun } from "../../src/measure/measured-run.ts";

const env = { PATH: "/usr/bin:/bin" };
const shell = (script: string) => ({ program: "/bin/sh", args: ["-c", script], env });

test("CPU seconds are those of a shell's children", () => {
  expect(cpuSecondsIn("0m0.001s 0m0.002s\n1m1.161s 0m0.373s\n")).toBeCloseTo(61.534);
  expect(() => cpuSecondsIn("nonsense")).toThrow(/no times of a shell/);
});

test("counts the CPU time and memory of a grandchild", async () => {
  const busy = `const block = Buffer.alloc(100e6, 1); while (process.cpuUsage().user < 3e5) block[0] += 1`;
  const { cpuSeconds, peakBytes } = await measuredRun(
    shell(`"${process.execPath}" -e '${busy}' | cat`),
  );
  expect(cpuSeconds).toBeGreaterThan(0.25);
  expect(peakBytes).toBeGreaterThan(100e6);
});

test("a program that fails is no measurement, and its last line says why", async () => {
  await expect(measuredRun(shell("echo no such store >&2; exit 3"))).rejects.toThrow(
    /status 3:\nno such store/,
  );
});

test("runs all in turn, and does not count the warm-up", async () => {
  const order: string[] = [];
  const contenders = ["A", "B"].map((name) => ({
    name,
    prepare: async (run: number) => {
      order.push(`${name}${run}`);
      return shell("exit 0");
    },
  }));
  const results = await inTurn(contenders, 2, () => {});
  expect(order).toEqual(["A0", "B0", "A1", "B1", "A2", "B2"]);
  expect(results.map(({ runs }) => runs.length)).toEqual([2, 2]);
});
