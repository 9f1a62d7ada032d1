// A tunnel to a store with TLS: openssl, which makes its certificate, comes with the real parts.
import { makeAuthority, startHttpServer, startProxy } from "@backuppc-archive-s3/test-rig";
import { expect, onTestFinished, test, vi } from "vitest";
import { bytesBody, createS3 } from "../../src/index.ts";
import { stored } from "./raw-server.ts";

test("Objects go to a store with TLS through one tunnel, which is kept, and its certificate is checked", async () => {
  const body = bytesBody(Buffer.alloc(3_000_000, "x"));
  const etag = /etag: (?<tag>.*)\r\n/.exec(stored(body))?.groups?.["tag"] ?? "";
  const heads: unknown[] = [];
  const authority = await makeAuthority();
  const certificate = await authority.issue("offsite.store.invalid", 2020, 2045);
  const server = await startHttpServer((request, response) => {
    heads.push([request.headers.host, request.headers["proxy-authorization"]]);
    request.on("end", () => response.writeHead(200, { etag }).end()).resume();
  }, certificate);
  const proxy = await startProxy({ to: `127.0.0.1:${server.port}`, password: "me:s3cr3t" });
  onTestFinished(async () => {
    await Promise.all([proxy.stop(), server.stop(), authority.remove()]);
  });
  const authorization = `Basic ${Buffer.from("me:s3cr3t").toString("base64")}`;
  const location = {
    bucket: "offsite",
    provider: "aws" as const,
    region: "us-east-1",
    endpoint: "https://store.invalid",
    credentials: { accessKeyId: "id", secretAccessKey: "s3cr3t" },
    connections: 1,
    proxyFor: () => ({ address: proxy.address, authorization }),
  };
  await expect(createS3(location).store.put("a", body)).rejects.toMatchObject({
    code: "unreachable",
    permanent: true,
    reason: "certificate-untrusted",
  });
  expect(proxy.requests).toEqual(["CONNECT offsite.store.invalid:443"]);
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  const store = createS3(location).store;
  await store.put("a", body);
  await store.put("b", body);
  expect(heads).toEqual([
    ["offsite.store.invalid", undefined],
    ["offsite.store.invalid", undefined],
  ]);
  expect(proxy.requests).toHaveLength(2);
});
