// What Node tells of a write's progress is less under TLS; openssl comes with the real parts.
import { connect, createServer as createRelay, type Server } from "node:net";
import { createServer } from "node:tls";
import { listenOnLoopback, makeAuthority } from "@backuppc-archive-s3/test-rig";
import { onTestFinished, expect, test, vi } from "vitest";
import { bytesBody, createS3, TIME_LIMITS } from "../../src/index.ts";
import { GO_AHEAD, stored } from "./raw-server.ts";

test("A body in one block goes on over a slow line with TLS as long as it moves", async () => {
  const body = bytesBody(Buffer.alloc(24_000_000, "x"));
  const authority = await makeAuthority();
  onTestFinished(async () => await authority.remove());
  const store = createServer(await authority.issue("store", 2020, 2045), (socket) => {
    let received = 0;
    socket.write(GO_AHEAD);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      received += data.length;
      if (received >= body.bytes.length) socket.write(stored(body));
    });
  });
  const port = await listen(store);
  const line = createRelay((socket) => {
    const onward = connect(port, "127.0.0.1");
    for (const end of [socket, onward]) end.on("error", () => {});
    onward.pipe(socket);
    socket.on("data", (data) => {
      onward.write(data);
      socket.pause();
      setTimeout(() => socket.resume(), 10);
    });
  });
  const endpoint = `https://127.0.0.1:${await listen(line)}`;
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  const place = { bucket: "offsite", region: "us-east-1", endpoint, forcePathStyle: true };
  const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
  const timeLimits = { ...TIME_LIMITS, stallMs: 1000 };
  const started = Date.now();
  await createS3({ ...place, credentials, timeLimits }).store.put("key", body);
  expect(Date.now() - started).toBeGreaterThan(2500);
});

async function listen(server: Server): Promise<number> {
  const { port, stop } = await listenOnLoopback(server);
  onTestFinished(async () => await stop());
  return port;
}
