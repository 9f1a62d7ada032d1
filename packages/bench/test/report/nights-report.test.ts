import { expect, test } from "vitest";
import { nightsReport } from "../../src/report/nights-report.ts";

const night = (contender: string, number: number, megabytes: number, seconds: number) => ({
  contender,
  night: number,
  tarBytes: 100e6,
  bytes: megabytes * 1e6,
  requests: megabytes,
  seconds,
  cpuSeconds: 2 * seconds,
});
const measured = [
  night("ours", 1, 100, 4),
  night("theirs", 1, 110, 3),
  night("ours", 2, 10, 1),
  night("theirs", 2, 8, 2),
  night("ours", 3, 20, 1),
  night("theirs", 3, 12, 4),
];

test("the first night counts for neither bytes nor time of the later ones", () => {
  const { figures } = nightsReport("nights", measured);
  expect(figures).toMatchObject({ "bytes against theirs": 1.5, "time against theirs": 0.375 });
});

test("a table has what was sent each night, and how much of the tar the later nights are", () => {
  const lines = nightsReport("nights", measured).table.replaceAll(/ +/g, " ").split("\n");
  expect(lines[0]).toBe(
    "| MB sent | night 1 | night 2 | night 3 | later nights, of the tar | ours = 1 |",
  );
  expect(lines[2]).toBe("| ours | 100.0 | 10.0 | 20.0 | 15.0 % | 1.00 |");
  expect(lines[3]).toBe("| theirs | 110.0 | 8.0 | 12.0 | 10.0 % | 0.67 |");
  expect(lines.at(-1)).toBe("| theirs | 3.0 | 3.0 | 6.0 | 6.0 | 110 | 10 |");
});

test("every night of each contender is among the figures", () => {
  expect(nightsReport("nights", measured).figures).toMatchObject({
    "ours, night 3, MB": 20,
    "theirs, night 2, CPU s": 4,
  });
});
