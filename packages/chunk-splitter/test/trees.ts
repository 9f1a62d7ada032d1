import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { END, member } from "./build-tar.ts";

/** A file of a tree that stands for one on a host. */
export interface File {
  readonly path: string;
  readonly size: number;
  /** Other content with another seed. */
  readonly seed: number;
}

const KEY = Buffer.alloc(16);

/** Bytes that look random, the same for the same seed. */
export function noise(length: number, seed: number): Uint8Array {
  const counter = Buffer.alloc(16);
  counter.writeDoubleBE(seed);
  return createCipheriv("aes-128-ctr", KEY, counter).update(Buffer.alloc(length));
}

export function tarOf(files: readonly File[]): Buffer {
  const members = files.map(({ path, size, seed }) => member({ path }, noise(size, seed)));
  return Buffer.concat([...members, END]);
}

/** From 20 files to 200, most of them small, some larger than the smallest mean. */
export const trees: fc.Arbitrary<File[]> = fc
  .array(
    fc.record({
      size: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 0, max: 9000 }) },
        { weight: 4, arbitrary: fc.integer({ min: 9000, max: 65_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 65_000, max: 400_000 }) },
      ),
      seed: fc.nat(),
    }),
    { minLength: 20, maxLength: 200, size: "max" },
  )
  .map((files) => files.map((file, index) => ({ ...file, path: `./folder/file ${index}` })));
