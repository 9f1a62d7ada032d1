import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLargeStore } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { list } from "../../src/list/list.ts";
import { openSite } from "../../src/open-site.ts";

const large = await startLargeStore();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "large-list-"));
});
afterAll(async () => {
  await large.stop();
  await rm(folder, { recursive: true });
});

test.each([
  ["takes 70 requests", "", 70],
  ["takes one more that looks for the Python program's buckets", "legacy = true\n", 71],
])("list of 10,000 archives %s", async (_, more, requests) => {
  large.requests.length = 0;
  const { result, notes } = await listBy(more);
  expect(large.requests).toHaveLength(requests);
  expect(result.split("\n").at(-2)).toMatch(/^10000 archives of 100 hosts, /);
  expect(notes).toEqual([]);
});

async function listBy(more: string): Promise<{ result: string; notes: string[] }> {
  const file = join(folder, "config.toml");
  const store = `bucket = "offsite"\nendpoint = "${large.endpoint}"\nprovider = "ceph"\n`;
  const keys = `accessKeyId = "id"\nsecretAccessKey = "secret"\n`;
  await writeFile(file, store + keys + more, { mode: 0o600 });
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  const site = await openSite(file, {}, note);
  let result = "";
  const output = {
    note,
    progress: () => {},
    result: async (text: string) => void (result += text),
  };
  const all = { host: undefined, number: undefined, overdue: undefined, undrilled: undefined };
  await list({ ...all, json: false, quiet: false }, site, output);
  return { result, notes };
}
