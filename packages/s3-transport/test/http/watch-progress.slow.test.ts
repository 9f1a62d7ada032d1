import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { bytesBody, createS3 } from "../../src/index.ts";
import { GO_AHEAD, rawServer, stored } from "./raw-server.ts";

const MIB = 2 ** 20;
const small = bytesBody(Buffer.from("x"));
/** More than the kernel takes on the loopback for a reader that does not read. */
const large = bytesBody(Buffer.alloc(32 * MIB, "x"));

describe("A put", () => {
  test("is given up when the line is dead in the middle of the body", async () => {
    const location = await rawServer(
      (socket) => {
        socket.write(GO_AHEAD);
        socket.once("data", () => socket.pause());
      },
      { stallMs: 300 },
    );
    const started = Date.now();
    await expect(createS3(location).store.put("key", large)).rejects.toMatchObject({
      code: "stalled",
      message: expect.stringContaining("stalled for 0.3 s"),
      permanent: false,
    });
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  test("goes on for many times the limit as long as it moves", async () => {
    const location = await rawServer(
      (socket) => {
        socket.write(GO_AHEAD);
        socket.setEncoding("latin1");
        let received = 0;
        socket.on("data", (data) => {
          received += data.length;
          if (received >= large.bytes.length) socket.write(stored(large));
          socket.pause();
          setTimeout(() => socket.resume(), 16);
        });
      },
      // The kernel asks for more in steps of a megabyte or two, and a busy machine may halt us for long.
      { stallMs: 2000 },
    );
    const started = Date.now();
    await createS3(location).store.put("key", large);
    expect(Date.now() - started).toBeGreaterThan(4000);
  });

  test("waits for a body that comes slowly: that is its own side's will", async () => {
    const body = bytesBody(Buffer.from("firstlast"));
    const location = await rawServer(
      (socket) => {
        socket.on("data", (data) => {
          if (data.includes("last")) socket.write(stored(body));
        });
      },
      { stallMs: 1000, answerMs: 60_000 },
    );
    const pace = async (wanted: number): Promise<number> => {
      if (wanted < 9) await sleep(2500);
      return Math.min(wanted, 5);
    };
    expect(await createS3(location).store.put("key", body, { pace })).toEqual({});
  });

  test("gives a store that thinks long after the last byte a limit of its own", async () => {
    const thinking = await rawServer(
      (socket) => {
        socket.once("data", () => setTimeout(() => socket.write(stored(small)), 2500));
      },
      { stallMs: 1000, answerMs: 60_000 },
    );
    await createS3(thinking).store.put("key", small);
    const silent = await rawServer(() => {}, { stallMs: 60_000, answerMs: 300 });
    await expect(createS3(silent).store.put("key", small)).rejects.toMatchObject({
      code: "stalled",
      message: expect.stringContaining("no answer for 0.3 s"),
    });
  });

  test("is given up when no connection comes to stand", async () => {
    const location = await rawServer(() => {}, { connectMs: 300 });
    // TLS is never answered by this server.
    const endpoint = location.endpoint?.replace("http:", "https:");
    const store = createS3({ ...location, endpoint }).store;
    await expect(store.put("key", large)).rejects.toMatchObject({
      code: "stalled",
      message: expect.stringContaining("no connection within 0.3 s"),
    });
  });
});

describe("A get", () => {
  const tag = `etag: "${"0".repeat(32)}"`;
  const head = `HTTP/1.1 200 OK\r\n${tag}\r\ncontent-length: 1000\r\n\r\n${"x".repeat(500)}`;

  test("is given up when the rest does not come", async () => {
    const location = await rawServer((socket) => socket.once("data", () => socket.write(head)), {
      stallMs: 300,
    });
    const bytes = await createS3(location).store.get("key");
    await expect(
      (async () => {
        for await (const piece of bytes) void piece;
      })(),
    ).rejects.toMatchObject({ code: "stalled", message: expect.stringContaining("0.3 s") });
  });

  test("waits for a reader that pauses", async () => {
    const location = await rawServer(
      (socket) => socket.once("data", () => socket.write(head + "x".repeat(500))),
      { stallMs: 1000 },
    );
    const bytes = await createS3(location).store.get("key");
    await sleep(2500);
    let length = 0;
    for await (const piece of bytes) length += piece.length;
    expect(length).toBe(1000);
  });
});

test("A connection that is kept is watched for the next request too", async () => {
  let connections = 0;
  const location = await rawServer(
    (socket) => {
      connections++;
      socket.once("data", () => {
        socket.write(stored(small));
        // Whatever is asked next is not answered.
      });
    },
    { answerMs: 3000 },
  );
  const store = createS3(location).store;
  await store.put("first", small);
  await expect(store.put("second", small)).rejects.toMatchObject({ code: "stalled" });
  expect(connections).toBe(1);
});
