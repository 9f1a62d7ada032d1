import type { ChunkEntry } from "@backuppc-archive-s3/backup-catalog";
import { describe, expect, test } from "vitest";
import { secondsForAll } from "../../src/drill/estimate.ts";
import { indexed } from "../members/indexed.ts";

/** Chunks of 1000 bytes of the tar each, and so many bytes in the store. */
function chunksOf(...storedLengths: readonly number[]): ChunkEntry[] {
  return storedLengths.map((storedLength, at) => {
    return { name: `${at}`, tarOffset: at * 1000, tarLength: 1000, storedLength, sha256: "" };
  });
}

/** A member in the first chunk alone. */
const FIRST = [{ member: indexed("a", { offset: 0, length: 512 }) }];

describe("A restore of everything takes", () => {
  test("longer by as much as there is more to fetch", () => {
    expect(secondsForAll(4, FIRST, chunksOf(50e6, 150e6))).toBe(16);
  });

  test("as long as the members, if they needed all chunks", () => {
    expect(secondsForAll(0.5, FIRST, chunksOf(11))).toBe(0.5);
  });

  test("nobody knows how long, if so little was fetched that programs took most of the time to start", () => {
    expect(secondsForAll(0.5, FIRST, chunksOf(96_000, 23e6))).toBeUndefined();
  });
});
