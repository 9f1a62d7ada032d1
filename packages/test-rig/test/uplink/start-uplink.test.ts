import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HttpServer, startHttpServer, startUplink, type Uplink } from "../../src/index.ts";

const RATE = 4_000_000;

let server: HttpServer;
let uplink: Uplink;
const bodies: number[] = [];
beforeEach(async () => {
  bodies.length = 0;
  server = await startHttpServer(async (request, response) => {
    bodies.push((await buffer(request)).length);
    response.end("stored");
  });
  uplink = await startUplink({ endpoint: server.endpoint, rate: RATE });
});
afterEach(async () => {
  await uplink.stop();
  await server.stop();
});

async function put(length: number): Promise<string> {
  const body = new Uint8Array(length);
  return await (await fetch(`${uplink.endpoint}/x`, { method: "PUT", body })).text();
}

test("lets bytes pass at its rate, over all connections together", async () => {
  const began = performance.now();
  expect(await Promise.all([put(1_000_000), put(1_000_000)])).toEqual(["stored", "stored"]);
  const seconds = (performance.now() - began) / 1000;
  expect(seconds).toBeGreaterThan(0.45);
  expect(bodies).toEqual([1_000_000, 1_000_000]);
});

test("tells what passed, and when", async () => {
  await put(1_000_000);
  const bytes = uplink.passages.reduce((sum, passage) => sum + passage.bytes, 0);
  expect(bytes).toBeGreaterThan(1_000_000);
  const times = uplink.passages.map(({ seconds }) => seconds);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(0.2);
});
