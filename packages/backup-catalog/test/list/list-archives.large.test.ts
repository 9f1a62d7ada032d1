import { createS3 } from "@backuppc-archive-s3/s3-transport";
import { startLargeStore } from "@backuppc-archive-s3/test-rig";
import { afterAll, expect, test } from "vitest";
import { type ArchiveFacts, openCatalog, planRetention } from "../../src/index.ts";

const MiB = 1_048_576;
const large = await startLargeStore();
const store = createS3({
  bucket: "offsite",
  region: "us-east-1",
  endpoint: large.endpoint,
  forcePathStyle: true,
  credentials: { accessKeyId: "id", secretAccessKey: "secret" },
}).store;
const catalog = openCatalog(store);

afterAll(() => large.stop());

test("A list of 10,000 archives with 1,000,000 chunks takes 70 requests, none of them for chunks", async () => {
  large.requests.length = 0;
  const before = process.memoryUsage().heapUsed;
  const archives = await catalog.list();
  const grown = (process.memoryUsage().heapUsed - before) / MiB;
  expect(archives).toHaveLength(10_000);
  expect(new Set(archives.map(({ status }) => status))).toEqual(new Set(["complete"]));
  expect(large.requests).toHaveLength(70);
  expect(new Set(large.requests)).toEqual(new Set(["archives/"]));
  expect(grown).toBeLessThan(200);
});

test("10,000 archives are planned", async () => {
  const archives = (await catalog.list()).map(({ id, status, started }): ArchiveFacts => {
    const about = { uploader: "a", trust: "verified", damaged: false, ambiguous: false } as const;
    return { id, status, time: started, ...about };
  });
  const policy = {
    ageDays: 30,
    daily: 30,
    weekly: 10,
    monthly: 12,
    yearly: 3,
    timeZone: "Europe/Berlin",
  };
  const decisions = planRetention(archives, policy, new Date("2026-11-22T12:00:00Z"));
  expect(decisions).toHaveLength(10_000);
});
