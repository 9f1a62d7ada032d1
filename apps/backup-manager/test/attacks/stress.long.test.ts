import { expect, test } from "vitest";
import { stress } from "./stress.ts";

const MINUTES = Number(process.env["STRESS_MINUTES"] ?? 30);
const SEED = Number(process.env["STRESS_SEED"] ?? Math.floor(Math.random() * 1_000_000));

test(`${MINUTES} minutes of archiving, killing, stopping, deleting, collecting and verifying lose nothing that is listed as complete`, async () => {
  const { counts, lost, log } = await stress(SEED, MINUTES * 60_000);
  process.stderr.write(`seed ${SEED}: ${JSON.stringify(counts)}\n`);
  expect({ lost, log: lost.length === 0 ? [] : log }).toEqual({ lost: [], log: [] });
  expect(counts["archive ended with 0"]).toBeGreaterThan(MINUTES);
});
