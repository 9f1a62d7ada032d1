import { expect, test } from "vitest";
import { tidyUp } from "../src/tidy-up.ts";

test("tidyUp takes every step, and says what fails", async () => {
  const said: string[] = [];
  const taken: string[] = [];
  await tidyUp(
    (line) => said.push(line),
    async () => void taken.push("first"),
    async () => await Promise.reject(new Error("EROFS: read-only file system")),
    async () => void taken.push("last"),
  );
  expect(taken).toEqual(["first", "last"]);
  expect(said).toEqual(["could not tidy up: EROFS: read-only file system"]);
});
