import { createServer } from "node:http";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startUplink, type Uplink } from "../../src/index.ts";

const RATE = 4_000_000;

let uplink: Uplink;
const bodies: number[] = [];
const server = createServer((request, response) => {
  let length = 0;
  request.on("data", (piece: Buffer) => (length += piece.length));
  request.once("end", () => {
    bodies.push(length);
    response.end("stored");
  });
});
beforeEach(async () => {
  bodies.length = 0;
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  uplink = await startUplink({ endpoint: `http://127.0.0.1:${port}`, rate: RATE });
});
afterEach(async () => {
  await uplink.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
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
