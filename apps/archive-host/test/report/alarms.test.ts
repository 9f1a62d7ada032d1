// What a monitoring service, Prometheus and a command learn of the bundle's runs.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseMetrics } from "@backuppc-archive-s3/alarms";
import { type HttpServer, startHttpServer, writeTarCreate } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSite, PASSPHRASE, type Running, type Site, start } from "../site.ts";

let site: Site;
let service: HttpServer;
let url: string;
let pings: string[];
/** It answers. */
let isAlive: boolean;
beforeEach(async () => {
  site = await openSite();
  pings = [];
  isAlive = true;
  service = await startHttpServer(async (request, response) => {
    pings.push(`${request.url} ${await text(request)}`);
    if (isAlive) response.end();
  });
  url = `${service.endpoint}/key`;
});
afterEach(async () => {
  await service.stop();
  await site.close();
});

async function archived(changes: Readonly<Record<number, string>> = {}): Promise<Running> {
  const running = start(site.command(changes), site.environment());
  await running.ended;
  return running;
}

describe("pingUrl", () => {
  test("gets the begin and the end, with the log and without a secret", async () => {
    await site.configure({ pingUrl: `${url}/{program}/{host}` });
    const running = await archived();
    expect(await running.ended).toBe(0);
    expect(pings[0]).toBe("/key/archive-host/merlin/start ");
    expect(pings[1]).toMatch(/^\/key\/archive-host\/merlin\/0 [^]*\narchived merlin 1: 4 chunks/);
    expect(pings).toHaveLength(2);
    expect(pings.join("")).not.toContain(PASSPHRASE);
    expect(pings.join("")).not.toContain("s3cr3t");
  });

  test("gets a failure", async () => {
    await site.configure({ pingUrl: url });
    const running = await archived({ 6: "/bin/false" });
    expect(await running.ended).toBe(2);
    expect(pings.at(-1)).toMatch(/^\/key\/2 [^]*\/bin\/false/);
  });

  test("that is dead changes neither the result nor the last line", async () => {
    // The port of a server that was stopped may be another's by now.
    const dead = "http://127.0.0.1:1";
    await site.configure({ pingUrl: `${dead}/key` });
    const running = await archived();
    expect(await running.ended).toBe(0);
    expect(running.lines.at(-1)).toMatch(/^archived merlin 1/);
    const warnings = running.lines.filter((line) => line.startsWith("warning: the ping"));
    expect(warnings).toEqual([`warning: the ping to ${dead} failed: ECONNREFUSED`]);
  });

  test("that does not answer keeps no cancelled run from its end", async () => {
    isAlive = false;
    await site.configure({ pingUrl: url, uploadLimit: "100kB/s" });
    const running = start(site.command(), site.environment());
    await running.said(/^archiving merlin 1/);
    running.child.kill("SIGINT");
    expect(await running.ended).toBe(130);
    // BackupPC would kill it after a second. A ping that is waited for is sent again after ten.
    const last = service.requests.filter((request) => request === "POST /key/130");
    expect(last.length).toBeLessThan(2);
    expect(running.lines.at(-1)).toMatch(/^Interrupted \(SIGINT\)/);
  });
});

describe("metricsFile", () => {
  async function metrics(): Promise<Record<string, number>> {
    const samples = parseMetrics(await readFile(join(site.folder, "m.prom"), "utf8"));
    for (const { labels } of samples) expect(labels).toEqual({ host: "merlin" });
    return Object.fromEntries(
      samples.map(({ name, value }) => [name.replace("backuppc_archive_", ""), value]),
    );
  }

  test("has what was archived; a run that failed changes its own status alone", async () => {
    await site.configure({ metricsFile: join(site.folder, "m.prom") });
    await archived();
    const first = await metrics();
    expect(first).toMatchObject({
      last_run_exit_status: 0,
      source_errors: 0,
      last_success_timestamp_seconds: expect.closeTo(Date.now() / 1000, -3),
    });
    expect(first["tar_bytes"]).toBeGreaterThan(4_500_000);
    expect(first["new_bytes"]).toBeGreaterThan(4_500_000);
    expect((await stat(join(site.folder, "m.prom"))).mode & 0o777).toBe(0o644);
    await archived({ 6: "/bin/false" });
    const {
      last_run_exit_status: status,
      last_run_timestamp_seconds: _,
      ...kept
    } = await metrics();
    expect(status).toBe(2);
    expect(first).toMatchObject(kept);
  });

  test("counts a partial archive's errors, and takes it for no success", async () => {
    await site.configure({ metricsFile: join(site.folder, "m.prom") });
    await writeTarCreate(site.tarCreate, join(site.folder, "tree"), { errors: 2 });
    await archived();
    const seen = await metrics();
    expect(seen).toMatchObject({ last_run_exit_status: 3, source_errors: 2 });
    expect(seen).not.toHaveProperty("last_success_timestamp_seconds");
  });

  test("that cannot be written is reported, and fails no archive", async () => {
    await site.configure({ metricsFile: "/nowhere/m.prom" });
    const running = await archived();
    expect(await running.ended).toBe(0);
    expect(running.lines).toContainEqual(
      expect.stringMatching(/^warning: metricsFile can't be written: ENOENT/),
    );
  });
});

test("onFailure is run where an archive failed, and not where all went well", async () => {
  const seen = join(site.folder, "seen");
  const onFailure = `echo "$ALARM_PROGRAM $ALARM_HOST $ALARM_STATUS" >> ${seen}`;
  await site.configure({ onFailure });
  await archived();
  await expect(readFile(seen)).rejects.toThrow("ENOENT");
  await archived({ 6: "/bin/false" });
  expect(await readFile(seen, "utf8")).toBe("archive-host merlin 2\n");
});
