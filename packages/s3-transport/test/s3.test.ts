import { once } from "node:events";
import { connect, createServer } from "node:net";
import { listenOnLoopback } from "@backuppc-archive-s3/test-rig";
import { afterAll, expect, test } from "vitest";
import { bytesBody, createS3 } from "../src/index.ts";
import { embeddedStore } from "./embedded-store.ts";

const { location } = await embeddedStore();

/** The connections that go through here to the store. */
const wire = createServer((client) => {
  const store = connect(Number(new URL(location.endpoint ?? "").port), "127.0.0.1");
  client.pipe(store).pipe(client);
});
const { port, open, stop } = await listenOnLoopback(wire);
afterAll(async () => await stop());

test("To dispose of a bucket ends the connections that it keeps", async () => {
  const s3 = createS3({ ...location, endpoint: `http://127.0.0.1:${port}` });
  await s3.store.put("key", bytesBody(Buffer.from("x")));
  for await (const { key } of s3.store.list("")) expect(key).toBe("key");
  const kept = [...open];
  expect(kept.length).toBeGreaterThan(0);
  const ended = Promise.all(kept.map(async (socket) => await once(socket, "close")));
  await s3[Symbol.asyncDispose]();
  await ended;
});
