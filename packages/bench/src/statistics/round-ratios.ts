import { median } from "./median.ts";

/**
 * How many times the first the second is: the median over the rounds, each round
 * against itself, since a noisy machine is noisy for a while and then not.
 */
export function roundRatio(first: readonly number[], second: readonly number[]): number {
  return median(first.map((value, round) => (second[round] ?? Number.NaN) / value));
}
