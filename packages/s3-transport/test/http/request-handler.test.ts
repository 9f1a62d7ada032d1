import { Agent } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { bytesBody, createS3, withRetry } from "../../src/index.ts";
import { answer, GO_AHEAD, rawServer, stored } from "./raw-server.ts";

const MIB = 2 ** 20;
const small = bytesBody(Buffer.from("x"));
const large = bytesBody(Buffer.alloc(8 * MIB, "x"));
const REFUSAL = "<Error><Code>QuotaExceeded</Code><Message>No.</Message></Error>";

/** Counts what comes after the head of each request, and answers once it is whole. */
function receive(socket: Socket, counted: (bytes: number) => void): void {
  let received = 0;
  socket.on("data", (data) => {
    const end = data.indexOf("\r\n\r\n");
    received += data.length - (end === -1 ? 0 : end + 4);
    counted(received);
    if (received < large.bytes.length) return;
    received = 0;
    socket.write(stored(large));
  });
}

describe("A body of more than 1 MiB", () => {
  test("is not sent to a store that refuses, and the refusal is told at once", async () => {
    let received = "";
    const location = await rawServer((socket) => {
      socket.on("data", (data) => {
        received += data.toString("latin1");
        // As Ceph RGW does: the answer, and the connection is gone.
        if (received.endsWith("\r\n\r\n")) socket.end(answer("403 Forbidden", REFUSAL));
      });
    });
    const store = withRetry(createS3(location).store);
    await expect(store.put("key", large)).rejects.toMatchObject({
      code: "denied",
      message: expect.stringContaining("403 QuotaExceeded"),
      permanent: true,
    });
    expect(received.match(/PUT /g)).toHaveLength(1);
    expect(received).toMatch(/expect: 100-continue/i);
    expect(received.length).toBeLessThan(2000);
  });

  test.each([
    ["before", (socket: Socket) => socket.write(answer("503 Slow Down"))],
    ["in the middle of", (socket: Socket) => socket.write(GO_AHEAD + answer("503 Slow Down"))],
  ])("leaves no connection behind when it is refused %s it", async (_, refuse) => {
    const location = await rawServer((socket) => {
      socket.once("data", () => refuse(socket));
    });
    const store = createS3({ ...location, connections: 1 }).store;
    for (const key of ["a", "b"]) {
      await expect(store.put(key, large)).rejects.toMatchObject({ code: "throttled" });
    }
  });

  test("is stopped where a store refuses it in the middle", async () => {
    let received = 0;
    const location = await rawServer((socket) => {
      socket.write(GO_AHEAD);
      receive(socket, (bytes) => {
        received = bytes;
        if (bytes < 100_000) return;
        socket.removeAllListeners("data").pause();
        socket.write(answer("403 Forbidden", REFUSAL));
      });
    });
    await expect(createS3(location).store.put("key", large)).rejects.toMatchObject({
      message: expect.stringContaining("403 QuotaExceeded"),
    });
    expect(received).toBeLessThan(large.bytes.length);
  });

  test("is sent all the same after a while, and then without asking, to a store that does not say to go on", async () => {
    const heads: string[] = [];
    const location = await rawServer(
      (socket) => {
        socket.on("data", (data) => {
          if (data.includes("PUT ")) heads.push(data.toString("latin1"));
        });
        receive(socket, () => {});
      },
      { goAheadMs: 300 },
    );
    const store = createS3(location).store;
    const started = Date.now();
    await store.put("first", large);
    expect(Date.now() - started).toBeGreaterThan(299);
    await store.put("second", large);
    expect(heads.map((head) => /expect:/i.test(head))).toEqual([true, false]);
  });

  test("is sent without asking to a store that answers 417 to it", async () => {
    let asked = 0;
    const location = await rawServer((socket) => {
      socket.once("data", (data) => {
        if (/expect:/i.test(data.toString("latin1"))) {
          asked++;
          socket.write(answer("417 Expectation Failed"));
        } else {
          receive(socket, () => {});
          socket.emit("data", data);
        }
      });
    });
    const store = createS3(location).store;
    await store.put("first", large);
    await store.put("second", large);
    expect(asked).toBe(1);
  });

  test("leaves its connection open for the next", async () => {
    let connections = 0;
    const location = await rawServer((socket) => {
      connections++;
      socket.on("data", (data) => {
        if (data.includes("PUT ")) socket.write(GO_AHEAD);
      });
      receive(socket, () => {});
    });
    const store = createS3(location).store;
    for (const key of ["a", "b", "c"]) await store.put(key, large);
    expect(connections).toBe(1);
  });
});

test("A small body is sent without asking, and any to a store that is known not to answer", async () => {
  let head = "";
  const location = await rawServer((socket) => {
    socket.once("data", (data) => {
      head = data.toString("latin1");
      socket.write(stored(/content-length: 1\r/i.test(head) ? small : large));
    });
  });
  await createS3(location).store.put("key", small);
  expect(head).not.toMatch(/expect/i);
  head = "";
  await createS3({ ...location, askFirst: false }).store.put("key", large);
  expect(head).not.toMatch(/expect/i);
});

test("Each address of a name has a share of the time for a connection", async () => {
  const location = await rawServer((socket) => {
    socket.once("data", () => socket.write(stored(small)));
  });
  const connect = vi.spyOn(Agent.prototype, "createConnection");
  await createS3(location).store.put("key", small);
  expect(connect.mock.lastCall?.[0]).toMatchObject({ autoSelectFamilyAttemptTimeout: 2500 });
  connect.mockRestore();
});
