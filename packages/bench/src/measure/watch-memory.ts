import { setTimeout as sleep } from "node:timers/promises";
import { residentBytes } from "./process-tree.ts";

export interface MemorySample {
  /** Since the watch began. */
  readonly seconds: number;
  readonly bytes: number;
}

export interface MemoryWatch {
  /** Ends the watch. */
  stop(): Promise<readonly MemorySample[]>;
}

/** Looks at the resident memory of a process tree every so many milliseconds. */
export function watchMemory(pid: number, interval = 50): MemoryWatch {
  const samples: MemorySample[] = [];
  const began = performance.now();
  const end = new AbortController();
  const watch = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const bytes = await residentBytes(pid);
      samples.push({ seconds: (performance.now() - began) / 1000, bytes });
      await sleep(interval);
    }
  };
  const watched = watch();
  return {
    stop: async () => {
      end.abort();
      await watched;
      return samples;
    },
  };
}
