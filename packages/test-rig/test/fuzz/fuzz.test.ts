import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuzz, inputs, LONGEST_INPUT } from "../../src/fuzz/index.ts";

class Refusal extends Error {}

const SAMPLES = ['{"name":"web","count":17,"at":"2026-11-22T03:15:00Z"}'];

/** The JSON of an input, if it is some. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    throw new Refusal("no JSON");
  }
}

async function fuzzed(parse: (bytes: Uint8Array) => unknown): Promise<unknown> {
  return await fuzz({ samples: SAMPLES, parse, refusals: [Refusal] });
}

describe("fuzz", () => {
  test("counts what was taken and refused, the same each time", async () => {
    const tally = await fuzzed(jsonOf);
    expect(tally).toMatchObject({ inputs: 300 });
    expect(tally).toEqual(await fuzzed(jsonOf));
  });

  test.each<[string, (bytes: Uint8Array) => unknown]>([
    ["an error of another kind", (bytes) => JSON.parse(Buffer.from(bytes).toString())],
    ["a number beyond all numbers", (bytes) => ({ deep: [Number(digitsOf(bytes, 320))] })],
    ["a date that is none", (bytes) => new Map([["at", new Date(Number(digitsOf(bytes, 17)))]])],
    ["a changed prototype", (bytes) => Object.create({ polluted: bytes.length })],
    [
      "a refusal of a valid input",
      () => {
        throw new Refusal("no");
      },
    ],
  ])("fails for %s", async (_, parse) => {
    await expect(fuzzed(parse)).rejects.toThrow(Error);
  });
});

/** So many digits that stand side by side in an input, or a zero. */
function digitsOf(bytes: Uint8Array, length: number): string {
  return new RegExp(`\\d{${length},}`).exec(Buffer.from(bytes).toString())?.[0] ?? "0";
}

test("Inputs are never longer than the limit, and most of them are changed samples", () => {
  const sample = Buffer.from(SAMPLES[0] ?? "");
  const made = fc.sample(inputs([sample]), { numRuns: 1000, seed: 1 });
  expect(Math.max(...made.map(({ length }) => length))).toBeLessThanOrEqual(LONGEST_INPUT);
  expect(made.filter((input) => sample.equals(input)).length).toBeLessThan(100);
  expect(made.filter((input) => Buffer.from(input).includes('"count"')).length).toBeGreaterThan(
    400,
  );
});
