import { mkdtemp, rm } from "node:fs/promises";
import { Agent } from "node:http";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  listenOnLoopback,
  type ProxyOptions,
  startEmbeddedStore,
  startProxy,
} from "@backuppc-archive-s3/test-rig";
import { onTestFinished, describe, expect, test, vi } from "vitest";
import {
  bytesBody,
  createS3,
  type Proxy,
  type S3Location,
  TIME_LIMITS,
  withRetry,
} from "../../src/index.ts";

const KEYS = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
const PLACE = { bucket: "offsite", region: "us-east-1", forcePathStyle: true, credentials: KEYS };

/** A store at a name that only the proxy knows. */
async function site(
  options: ProxyOptions = {},
  proxy: Partial<Proxy> = {},
): Promise<{ location: S3Location; requests: readonly string[]; address: string }> {
  const directory = await mkdtemp(join(tmpdir(), "proxy-"));
  const { region } = PLACE;
  const store = await startEmbeddedStore({ directory, buckets: ["offsite"], region, ...KEYS });
  const rig = await startProxy({
    to: new URL(store.endpoint).host,
    ...options,
  });
  onTestFinished(async () => {
    await rig.stop();
    await store.stop();
    await rm(directory, { recursive: true });
  });
  const { address, requests } = rig;
  const proxyFor = (): Proxy => ({ address, ...proxy });
  const location = { ...PLACE, endpoint: "http://store.invalid:8080", proxyFor };
  return { location, requests, address };
}

describe("Through a proxy, by plain HTTP,", () => {
  test("objects are stored, listed, read and deleted, with whole URLs", async () => {
    const { location, requests } = await site();
    const store = createS3(location).store;
    const large = bytesBody(Buffer.alloc(2_000_000, "x"));
    await store.put("a/large", large);
    await store.put("a/small", bytesBody(Buffer.from("small")));
    const keys: string[] = [];
    for await (const { key } of store.list("a/")) keys.push(key);
    expect(keys).toEqual(["a/large", "a/small"]);
    const pieces: Uint8Array[] = [];
    for await (const piece of await store.get("a/large")) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(large.bytes)).toBe(true);
    expect(await store.delete(keys)).toEqual([]);
    expect(requests[0]).toBe("PUT http://store.invalid:8080/offsite/a/large");
    expect(requests).toHaveLength(5);
    expect(requests.filter((line) => !line.includes(" http://store.invalid:8080/"))).toEqual([]);
  });

  test("it gets its password, and the store does not", async () => {
    const authorization = `Basic ${Buffer.from("me:s3cr3t").toString("base64")}`;
    const { location, requests } = await site({ password: "me:s3cr3t" }, { authorization });
    await createS3(location).store.put("a", bytesBody(Buffer.from("a")));
    expect(requests).toHaveLength(1);
  });

  test("a password that it does not have is asked for once, and in words", async () => {
    const { location, requests } = await site({ password: "me:s3cr3t" });
    await expect(
      withRetry(createS3(location).store).put("a", bytesBody(Buffer.from("a"))),
    ).rejects.toMatchObject({
      code: "refused",
      permanent: true,
      message: expect.stringContaining("407"),
      reason: "proxy-unauthorized",
    });
    expect(requests).toHaveLength(1);
  });

  test("one that is not there is named, and may be there later", async () => {
    const { location } = await site({}, { address: "http://127.0.0.1:1" });
    await expect(
      createS3(location).store.put("a", bytesBody(Buffer.from("a"))),
    ).rejects.toMatchObject({
      code: "unreachable",
      permanent: false,
      message: expect.stringContaining(
        "the proxy http://127.0.0.1:1 cannot be reached: connect ECONNREFUSED",
      ),
      reason: "proxy-unreachable",
    });
  });

  test("the proxy is chosen by the place of each request", async () => {
    const { location, requests, address } = await site();
    const asked: unknown[] = [];
    const store = createS3({
      ...location,
      proxyFor: ({ protocol, hostname }) => {
        asked.push({ protocol, hostname });
        return { address };
      },
    }).store;
    await store.put("a", bytesBody(Buffer.from("a")));
    expect(asked).toEqual([{ protocol: "http:", hostname: "store.invalid" }]);
    expect(requests).toHaveLength(1);
  });
});

describe("Through a proxy, by TLS,", () => {
  const secure = (proxyFor: () => Proxy, limits = {}): S3Location => ({
    ...PLACE,
    endpoint: "https://store.invalid",
    proxyFor,
    timeLimits: { ...TIME_LIMITS, ...limits },
  });

  test.each([
    [407, { code: "refused", permanent: true, reason: "proxy-unauthorized" }],
    [403, { code: "refused", permanent: true, reason: "proxy-refused" }],
    [502, { code: "unreachable", permanent: false, reason: "proxy-unreachable" }],
  ])("a proxy that answers %d to CONNECT is no store", async (refuse, expected) => {
    const { address, requests } = await site({ refuse });
    const store = createS3(secure(() => ({ address }))).store;
    await expect(store.put("a", bytesBody(Buffer.from("a")))).rejects.toMatchObject({
      ...expected,
      message: expect.stringContaining(
        `the proxy ${address} answered ${refuse} when asked for store.invalid:443`,
      ),
    });
    expect(requests).toEqual(["CONNECT store.invalid:443"]);
  });

  test("one that is not there is named, by an SDK's request too", async () => {
    const store = createS3(secure(() => ({ address: "http://127.0.0.1:1" }))).store;
    const list = async (): Promise<void> => {
      for await (const _ of store.list("a"));
    };
    await expect(list()).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("the proxy http://127.0.0.1:1 cannot be reached"),
    });
  });

  test("each address of the proxy's name has a share of the time for a connection", async () => {
    const { address } = await site({ refuse: 403 });
    const store = createS3(secure(() => ({ address }))).store;
    const connect = vi.spyOn(Agent.prototype, "createConnection");
    await expect(store.put("a", bytesBody(Buffer.from("a")))).rejects.toThrow("answered 403");
    expect(connect.mock.lastCall?.[0]).toMatchObject({ autoSelectFamilyAttemptTimeout: 2500 });
    connect.mockRestore();
  });

  test.each<[string, (socket: Socket) => void]>([
    ["that says nothing", () => {}],
    ["whose tunnel says nothing", (socket: Socket) => void socket.write("HTTP/1.1 200 OK\r\n\r\n")],
  ])("a proxy %s is given up in time", async (_, onConnection) => {
    const server = createServer((socket) => socket.once("data", () => onConnection(socket)));
    const { port, stop } = await listenOnLoopback(server);
    onTestFinished(async () => await stop());
    const address = `http://127.0.0.1:${port}`;
    const store = createS3(secure(() => ({ address }), { connectMs: 200 })).store;
    await expect(store.put("a", bytesBody(Buffer.from("a")))).rejects.toMatchObject({
      code: "stalled",
      message: expect.stringContaining(`no connection by the proxy ${address} within 0.2 s`),
    });
  });
});
