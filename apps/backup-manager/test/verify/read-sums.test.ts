import { expect, test } from "vitest";
import { readSums } from "../../src/verify/read-sums.ts";

test("digests by name, in text and in binary mode; other lines are no digests", () => {
  const [one, other] = ["a".repeat(64), "b".repeat(64)];
  const text = `${one}  gandalf.7.tar.00000001\n${other} *with space.tar\nnot a line\n`;
  expect([...readSums(text)]).toEqual([
    ["gandalf.7.tar.00000001", one],
    ["with space.tar", other],
  ]);
});
