import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type HttpServer, startHttpServer } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openAlarms } from "../src/index.ts";

let folder: string;
let server: HttpServer;
let url: string;
/** What the service was sent. */
let pings: string[];
let answer: number | "none";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "alarms-"));
  pings = [];
  answer = 200;
  server = await startHttpServer(async (request, response) => {
    pings.push(`${request.method} ${request.url} ${await text(request)}`);
    if (answer !== "none") response.writeHead(answer).end();
  });
  url = server.endpoint;
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const RUN = { program: "archive-host", host: "gan dalf" };
const FAILED = { status: 3, message: "failed: 'no' $(touch x)", tail: "a\nb\n" };

test("A run is pinged when it begins and ends, in that order, with the log's end", async () => {
  const alarms = openAlarms({ pingUrl: `${url}/key/` }, RUN);
  alarms.begin();
  expect(await alarms.end(FAILED)).toEqual([]);
  expect(pings).toEqual(["POST /key/start ", "POST /key/3 a\nb\n"]);
});

test("The URL's query stays behind, and program and host are filled in", async () => {
  const alarms = openAlarms({ pingUrl: `${url}/{program}/{host}?rid=1` }, RUN);
  expect(await alarms.end({ ...FAILED, status: 0 })).toEqual([]);
  expect(pings).toEqual(["POST /archive-host/gan%20dalf/0?rid=1 a\nb\n"]);
});

describe("A ping that fails is reported without the URL's path", () => {
  test("when it is refused", async () => {
    answer = 404;
    expect(await openAlarms({ pingUrl: `${url}/key` }, RUN).end(FAILED)).toEqual([
      `the ping to ${url} failed: the answer was 404`,
    ]);
    expect(pings).toHaveLength(2);
  });

  test("when nobody is there", async () => {
    // No program of the system listens at port 1; one that was free a moment ago another test may have by now.
    expect(await openAlarms({ pingUrl: "http://127.0.0.1:1/key" }, RUN).end(FAILED)).toEqual([
      "the ping to http://127.0.0.1:1 failed: ECONNREFUSED",
    ]);
  });

  test("when there is no time for an answer", async () => {
    answer = "none";
    // With time there would be "no answer for 10 s".
    expect(
      await openAlarms({ pingUrl: `${url}/key` }, RUN).end({ ...FAILED, hurryMs: 50 }),
    ).toEqual([`the ping to ${url} failed: there was no time`]);
  });
});

test("Without any alarm nothing is sent and nothing is run", async () => {
  const alarms = openAlarms({}, RUN);
  alarms.begin();
  expect(await alarms.end(FAILED)).toEqual([]);
  expect(pings).toEqual([]);
});

describe("onFailure", () => {
  test("gets what happened by its environment and input, of which nothing becomes shell", async () => {
    const file = join(folder, "seen");
    const onFailure = `{ echo "$ALARM_PROGRAM|$ALARM_HOST|$ALARM_STATUS|$ALARM_MESSAGE"; cat; } > ${file}`;
    expect(await openAlarms({ onFailure }, RUN).end(FAILED)).toEqual([]);
    expect(await readFile(file, "utf8")).toBe(
      "archive-host|gan dalf|3|failed: 'no' $(touch x)\na\nb\n",
    );
  });

  test("is not run where all went well", async () => {
    const onFailure = `touch ${join(folder, "seen")}`;
    expect(await openAlarms({ onFailure }, RUN).end({ ...FAILED, status: 0 })).toEqual([]);
    await expect(readFile(join(folder, "seen"))).rejects.toThrow("ENOENT");
  });

  test("is run whatever the length of the message, which no environment could hold", async () => {
    const onFailure = 'test "${#ALARM_MESSAGE}" -eq 10000';
    const message = "x".repeat(200_000);
    expect(await openAlarms({ onFailure }, RUN).end({ ...FAILED, message })).toEqual([]);
  });

  test("gets an empty name where the run is not of one host", async () => {
    const onFailure = 'test "$ALARM_PROGRAM-$ALARM_HOST" = "nightly-"';
    expect(await openAlarms({ onFailure }, { program: "nightly" }).end(FAILED)).toEqual([]);
  });

  test("is not waited for where there is no time", async () => {
    const onFailure = `echo $$ >${join(folder, "pid")}; exec sleep 600`;
    expect(await openAlarms({ onFailure }, RUN).end({ ...FAILED, hurryMs: 0 })).toEqual([]);
    await vi.waitFor(
      async () => process.kill(Number(await readFile(join(folder, "pid"), "utf8")) || 999_999_999),
      { timeout: 120_000, interval: 20 },
    );
  });

  test("that fails is reported", async () => {
    expect(await openAlarms({ onFailure: "exit 4" }, RUN).end(FAILED)).toEqual([
      "onFailure ended with status 4",
    ]);
  });

  test("need not read its input", async () => {
    const tail = "x".repeat(1_000_000);
    expect(await openAlarms({ onFailure: "true" }, RUN).end({ ...FAILED, tail })).toEqual([]);
  });
});
