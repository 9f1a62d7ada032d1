import type { MemorySample } from "../measure/watch-memory.ts";
import { median } from "./median.ts";

export interface Quarters {
  /** Bytes: the median over the first quarter of the time. */
  readonly first: number;
  readonly last: number;
}

/** What a program's memory was like at its beginning and at its end. */
export function quarters(samples: readonly MemorySample[]): Quarters {
  const end = samples.at(-1)?.seconds ?? 0;
  const between = (from: number, to: number): number =>
    median(
      samples
        .filter(({ seconds }) => seconds >= from * end && seconds <= to * end)
        .map(({ bytes }) => bytes),
    );
  return { first: between(0, 0.25), last: between(0.75, 1) };
}
