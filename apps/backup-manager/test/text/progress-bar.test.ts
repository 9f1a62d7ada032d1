import { expect, test } from "vitest";
import { progressBar } from "../../src/text/progress-bar.ts";

test.each([
  [0, 0, "[....................]   0 %"],
  [1, 3, "[######..............]  33 %"],
  [3, 3, "[####################] 100 %"],
  [4, 3, "[####################] 100 %"],
])("%i of %i", (done, total, bar) => expect(progressBar(done, total)).toBe(bar));
