import { expect, test } from "vitest";
import { couldNotBeRun } from "../src/started.ts";

test.each([
  ["an error", new Error("spawn zstd ENOENT"), "could not be run: spawn zstd ENOENT"],
  ["a word that a library throws", "no memory", "could not be run: no memory"],
  ["nothing", undefined, "could not be run: undefined"],
])("A message says why also where the reason is %s", (_, thrown, message) => {
  expect(couldNotBeRun(thrown)).toBe(message);
});
