import type { ParsedRecord } from "../parse-key.ts";

/**
 * The records of an archive in the order in which they go. Each step ends before the next begins: the
 * marker first, since an archive with holes must not look complete; head and `started.json`
 * last, since by them the rest is found.
 */
export const REMOVAL_STEPS: readonly (readonly ParsedRecord["kind"][])[] = [
  ["marker"],
  ["sums", "members", "manifest", "key"],
  ["head"],
  ["started"],
];
