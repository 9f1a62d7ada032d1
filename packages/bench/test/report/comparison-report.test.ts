import { expect, test } from "vitest";
import { comparisonReport } from "../../src/report/comparison-report.ts";

const run = (seconds: number, cpuSeconds: number) => {
  return { seconds, cpuSeconds, peakBytes: 2 ** 20, memory: [], stdout: "" };
};

test("the table gives the others as multiples of ours, the figures ours as multiples of theirs", () => {
  const { table, figures } = comparisonReport(
    "s",
    [
      { name: "ours", runs: [run(1, 3), run(2, 6)] },
      { name: "theirs", runs: [run(2, 2), run(4, 4)] },
    ],
    1e9,
  );
  expect(figures).toEqual({ "time against theirs": 0.5, "CPU against theirs": 1.5 });
  const [, , ours = "", theirs = ""] = table.split("\n").map((line) => line.replaceAll(/ +/g, " "));
  expect(ours).toBe("| ours | 1.50 (1.00-2.00) | 750 | 1.00 | 4.50 | 1.00 | 1 |");
  expect(theirs).toBe("| theirs | 3.00 (2.00-4.00) | 375 | 2.00 | 3.00 | 0.67 | 1 |");
});
