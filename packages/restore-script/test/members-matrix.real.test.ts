import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  MEMBERS_MATRIX,
  type MembersChoice,
  type MembersMatrix,
  setUpMembersMatrix,
} from "./members-matrix.ts";

let matrix: MembersMatrix;

beforeAll(async () => {
  matrix = await setUpMembersMatrix();
});
afterAll(async () => {
  await matrix.tearDown();
});

/** A sample of the matrix, which members-matrix.long.test.ts runs as a whole. */
const sample: MembersChoice[] = fc.sample(
  fc.record({
    shell: fc.constantFrom(...MEMBERS_MATRIX.shell),
    downloader: fc.constantFrom(...MEMBERS_MATRIX.downloader),
    tar: fc.constantFrom(...MEMBERS_MATRIX.tar),
    awk: fc.constantFrom(...MEMBERS_MATRIX.awk),
  }),
  { seed: 20_261_128, numRuns: 12 },
);

test("the sample has each part of the matrix at least once", () => {
  const chosen = new Set(sample.flatMap((choice) => Object.entries(choice).map(String)));
  const all = Object.entries(MEMBERS_MATRIX).flatMap(([part, ways]) =>
    ways.map((way) => `${part},${way}`),
  );
  expect(all.filter((way) => !chosen.has(way))).toEqual([]);
});

test.each(sample)(
  "$shell, $downloader, $tar and $awk restore members with odd names",
  async (choice) => {
    expect.hasAssertions();
    await matrix.restores(choice);
  },
);
