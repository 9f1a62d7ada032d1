import { Agent } from "node:http";
import { type HttpServer, makeAuthority, startHttpServer } from "@backuppc-archive-s3/test-rig";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { ping } from "../src/ping.ts";

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

test("A service that never answers is given up, by what it was given", async () => {
  server = await startHttpServer(() => {});
  expect(await ping(`${server.endpoint}/key`, 0, { body: "", patience: 50 })).toBe(
    `the ping to ${server.endpoint} failed: no answer for 0.05 s`,
  );
});

test("An answer that breaks off is none", async () => {
  server = await startHttpServer((_, response) => {
    response.writeHead(200, { "content-length": 10 }).write("OK");
    setImmediate(() => response.destroy());
  });
  expect(await ping(`${server.endpoint}/key`, 0, { body: "" })).toBe(
    `the ping to ${server.endpoint} failed: ECONNRESET`,
  );
});

test("What is no longer wanted is not sent", async () => {
  server = await startHttpServer((_, response) => response.end());
  expect(await ping(server.endpoint, 0, { body: "", signal: AbortSignal.abort() })).toBe(
    `the ping to ${server.endpoint} failed: there was no time`,
  );
  expect(server.requests).toEqual([]);
});

test("A service whose certificate nobody knows gets nothing", async () => {
  const authority = await makeAuthority();
  onTestFinished(async () => await authority.remove());
  const certificate = await authority.issue("localhost", 2020, 2090);
  server = await startHttpServer((_, response) => response.end(), certificate);
  expect(await ping(`${server.endpoint}/key`, 0, { body: "secret" })).toBe(
    `the ping to ${server.endpoint} failed: UNABLE_TO_VERIFY_LEAF_SIGNATURE`,
  );
  expect(server.requests).toEqual([]);
});

test("Each address of a name has a share of the time", async () => {
  server = await startHttpServer((_, response) => response.end());
  const connect = vi.spyOn(Agent.prototype, "createConnection");
  expect(await ping(server.endpoint, 0, { body: "" })).toBeUndefined();
  expect(connect.mock.lastCall?.[0]).toMatchObject({ autoSelectFamilyAttemptTimeout: 2500 });
  connect.mockRestore();
});
