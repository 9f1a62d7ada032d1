import fc from "fast-check";
import { expect, test } from "vitest";
import { InPlace } from "../../src/compress/in-place.ts";

test("Output takes the place of the input that was read, never of any that was not", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.record({ take: fc.nat(40), put: fc.uint8Array({ maxLength: 40 }) })),
      fc.nat(50),
      (plain, steps, room) => {
        const memory = new Uint8Array(plain.length + room);
        memory.set(plain);
        const output = new InPlace(memory);
        let taken = 0;
        for (const { take, put } of steps) {
          taken = Math.min(plain.length, taken + take);
          output.taken(taken);
          output.put(put);
          expect(memory.subarray(taken, plain.length)).toEqual(plain.subarray(taken));
        }
        const all = Buffer.concat(steps.map(({ put }) => put));
        const result = output.finish();
        expect(Buffer.from(result)).toEqual(all);
        // In its own memory, but where that is too short.
        expect(result.buffer === memory.buffer).toBe(all.length <= memory.length);
      },
    ),
  );
});
