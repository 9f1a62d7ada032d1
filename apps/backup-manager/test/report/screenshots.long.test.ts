// The page in Debian's Chromium. SCREENSHOTS=docs/images takes the pictures of docs/backup-manager.md anew.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { browserPackages, installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportPage } from "../../src/report/page/report-page.ts";
import { sampleReport } from "./sample-report.ts";

let folder: string;
beforeAll(async () => {
  await installDebianPackages(browserPackages, () => {});
  folder = await mkdtemp(join(tmpdir(), "report-"));
  await writeFile(join(folder, "page.html"), reportPage(sampleReport(5, 60)));
});
afterAll(async () => await rm(folder, { recursive: true }));

const LIGHT: readonly string[] = [];
const DARK = ["--blink-settings=preferredColorScheme=0"];

test.each([
  ["report.png", 1000, 900, LIGHT],
  ["report-dark.png", 1000, 900, DARK],
  ["report-phone.png", 500, 1000, LIGHT],
] as const)("%s is drawn", async (name, width, height, options) => {
  const file = join(resolve(process.env["SCREENSHOTS"] ?? folder), name);
  await chromium(
    [`--window-size=${width},${height}`, ...options, `--screenshot=${file}`],
    pathToFileURL(join(folder, "page.html")).href,
  );
  const png = await readFile(file);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
  // A blank page of that size has a few kB.
  expect(png.length).toBeGreaterThan(20_000);
});

async function chromium(options: readonly string[], url: string): Promise<void> {
  const profile = `--user-data-dir=${join(folder, "profile")}`;
  const always = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", profile];
  await promisify(execFile)("chromium", [...always, ...options, url], { timeout: 300_000 });
}
