import { BenchError } from "../bench-error.ts";

/** User and system time of a shell's children, from what its `times` prints: two lines, `0m1.161s 0m0.373s`. */
export function cpuSecondsIn(times: string): number {
  const [, children = ""] = times.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new BenchError(`These are no times of a shell: ${times}`);
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
