import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { expect, test } from "vitest";
import { Outage } from "../../src/report/outage.ts";

const failure = new StoreError("unreachable", "storing a failed: no line.", {
  permanent: false,
});

/** An outage by a clock that the test sets, in seconds. */
function observed(patience = 1800) {
  const said: string[] = [];
  const clock = { time: 0 };
  const outage = new Outage({
    patience,
    say: (line) => void said.push(line),
    now: () => clock.time,
  });
  return { outage, said, clock };
}

test("A store that went away is waited for, and that is said once, as is its return", () => {
  const { outage, said, clock } = observed();
  outage.answered();
  clock.time = 100;
  outage.failed();
  clock.time = 160;
  outage.failed();
  expect(outage.patience(failure)).toBe(1_800_000);
  expect(outage.patience(failure)).toBe(1_800_000);
  clock.time = 250;
  expect(outage.seconds()).toBe(150);
  outage.answered();
  outage.answered();
  expect(outage.seconds()).toBe(0);
  expect(said).toEqual([
    "the store is away, and the archive waits for 30 min at most: storing a failed: no line.",
    "the store is back after 3 min",
  ]);
});

test("A store that has never answered is not waited for: it may be the wrong one", () => {
  const { outage, said } = observed();
  outage.failed();
  expect(outage.patience(failure)).toBe(0);
  expect(said).toEqual([]);
});

test("What is over within the attempts is not said", () => {
  const { outage, said } = observed();
  outage.answered();
  outage.failed();
  outage.answered();
  expect(said).toEqual([]);
});

test("Without patience nothing is waited for, and nothing said of it", () => {
  const { outage, said } = observed(0);
  outage.answered();
  outage.failed();
  expect(outage.patience(failure)).toBe(0);
  outage.answered();
  expect(said).toEqual([]);
});

test("A store that neither takes bytes nor answers counts as away, though nothing has failed", () => {
  const { outage, clock } = observed();
  outage.asks();
  outage.asks();
  clock.time = 20;
  outage.rests();
  clock.time = 50;
  expect(outage.seconds()).toBe(30);
  outage.rests();
  expect(outage.seconds()).toBe(0);
});
