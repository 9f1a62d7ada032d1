import type { Passage } from "@backuppc-archive-s3/test-rig";

/** Bytes in each interval of so many seconds, from time zero on. */
export function perInterval(passages: readonly Passage[], interval: number): number[] {
  const last = Math.max(0, ...passages.map(({ seconds }) => seconds));
  const bins = Array.from({ length: Math.floor(last / interval) + 1 }, () => 0);
  for (const { seconds, bytes } of passages) {
    const bin = Math.floor(seconds / interval);
    bins[bin] = (bins[bin] ?? 0) + bytes;
  }
  return bins;
}
