import { startOfAttempt } from "@backuppc-archive-s3/backup-catalog";
import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import * as z from "zod";
import { runStatusSchema } from "../../src/run-status/run-status.ts";

const STATUS = {
  format: 1,
  host: "gandalf",
  number: 7,
  attempt: "20261122T031500Z-5f3a9c",
  process: { id: 4711, start: "boot/12" },
  started: "2026-11-22T03:15:00.000Z",
  updated: "2026-11-22T03:16:00.000Z",
  chunks: 3,
  tarBytes: 3000,
  storedBytes: 1500,
  percent: 50,
  bytesPerSecond: 1000,
  secondsLeft: null,
};

test("Status files: whatever the bytes are, one that can be shown, or none", async ({ task }) => {
  const tally = await fuzz({
    samples: [JSON.stringify(STATUS)],
    parse: (bytes) => {
      const seen = runStatusSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
      expect(startOfAttempt(seen.attempt)).toBeDefined();
      expect(new Date(seen.updated).toISOString()).toMatch(/^\d{4}-/);
      return seen;
    },
    refusals: [SyntaxError, z.ZodError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "status files", ...tally } });
});
