import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { bytesBody, createS3 } from "../src/index.ts";
import { embeddedStore } from "./embedded-store.ts";

const { location } = await embeddedStore();

/** The connections that go through here to the store. */
const open = new Set<Socket>();
const wire = createServer((client) => {
  open.add(client);
  const store = connect(Number(new URL(location.endpoint ?? "").port), "127.0.0.1");
  client.pipe(store).pipe(client);
  client.on("close", () => open.delete(client));
});
wire.listen(0, "127.0.0.1");
await once(wire, "listening");
afterAll(() => wire.close());

function endpoint(): string {
  const address = wire.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  return `http://127.0.0.1:${address.port}`;
}

test("To dispose of a bucket ends the connections that it keeps", async () => {
  const s3 = createS3({ ...location, endpoint: endpoint() });
  await s3.store.put("key", bytesBody(Buffer.from("x")));
  for await (const { key } of s3.store.list("")) expect(key).toBe("key");
  const kept = [...open];
  expect(kept.length).toBeGreaterThan(0);
  const ended = Promise.all(kept.map(async (socket) => await once(socket, "close")));
  await s3[Symbol.asyncDispose]();
  await ended;
});
