import type { Passage } from "@backuppc-archive-s3/test-rig";

/** The records before the first chunk and after the last one are smaller than this, in bytes. */
const RECORDS = 65_536;

export interface LineUse {
  /** Part of what the line could have carried from the first chunk to the last. */
  readonly busy: number;
  /** The longest time in which nothing passed in between, in seconds. */
  readonly longestGap: number;
  /** When the first chunk began to pass, in seconds. */
  readonly first: number;
}

/** How a line of a rate (bytes a second) was made use of, from the first byte of chunks to the last. */
export function lineUse(passages: readonly Passage[], rate: number): LineUse {
  const total = passages.reduce((sum, { bytes }) => sum + bytes, 0);
  const chunks: Passage[] = [];
  let passed = 0;
  for (const passage of passages) {
    passed += passage.bytes;
    if (passed > RECORDS && passed <= total - RECORDS) chunks.push(passage);
  }
  const [first, ...others] = chunks;
  if (first === undefined) return { busy: Number.NaN, longestGap: Number.NaN, first: Number.NaN };
  // A passage is reported when it is over: the first one's own bytes were under way before.
  const bytes = others.reduce((sum, passage) => sum + passage.bytes, 0);
  const last = others.at(-1) ?? first;
  const gaps = others.map(({ seconds }, index) => seconds - (chunks[index]?.seconds ?? seconds));
  return {
    // The line makes up for late timers, so that a piece may come in with more than all of it.
    busy: Math.min(1, bytes / (rate * (last.seconds - first.seconds))),
    longestGap: Math.max(0, ...gaps),
    first: first.seconds,
  };
}
