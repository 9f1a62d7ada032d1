import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseMetrics, type Sample } from "../../src/index.ts";
import { updateMetrics } from "../../src/metrics/update-metrics.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "metrics-"));
  file = join(folder, "backups.prom");
});
afterEach(async () => await rm(folder, { recursive: true }));

/** In flock's place: it waits as long as it takes, where a busy machine needs more than the seconds that it is given. */
async function withPatientFlock(): Promise<void> {
  const script = '#!/bin/sh\nexec /usr/bin/flock "$3"\n';
  await writeFile(join(folder, "flock"), script, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
}

function overdue(host: string): Sample {
  return { name: "backuppc_archive_overdue", labels: { host }, value: 1 };
}

test("Five writers at a time lose nothing of each other's", async () => {
  await withPatientFlock();
  const hosts = Array.from({ length: 5 }, (_, number) => `host-${number}`);
  await Promise.all(
    hosts.map(async (host) => await updateMetrics(file, (there) => [...there, overdue(host)])),
  );
  const written = parseMetrics(await readFile(file, "utf8")).map(({ labels }) => labels["host"]);
  expect(new Set(written)).toEqual(new Set(hosts));
  expect(written).toHaveLength(hosts.length);
});

test("The file can be read by all, and nothing beside it looks like metrics", async () => {
  const before = process.umask(0o077);
  try {
    await updateMetrics(file, () => [overdue("a")]);
  } finally {
    process.umask(before);
  }
  expect((await stat(file)).mode & 0o777).toBe(0o644);
  expect((await readdir(folder)).filter((name) => name.endsWith(".prom"))).toEqual([
    "backups.prom",
  ]);
});

test("A change that fails leaves the file as it was", async () => {
  await writeFile(file, "as it was\n");
  const failing = updateMetrics(file, () => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await readFile(file, "utf8")).toBe("as it was\n");
});

test("Without flock(1) it is written all the same", async () => {
  vi.stubEnv("PATH", folder);
  try {
    await updateMetrics(file, () => [overdue("a")]);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(parseMetrics(await readFile(file, "utf8"))).toEqual([overdue("a")]);
});

test("A pipe in the file's place is an error, and keeps nobody waiting", async () => {
  await promisify(execFile)("mkfifo", [file]);
  await expect(updateMetrics(file, () => [])).rejects.toThrow("is not a regular file");
});

test("A folder that is not there is an error", async () => {
  await expect(updateMetrics(join(folder, "none", "x.prom"), () => [])).rejects.toThrow("ENOENT");
});
