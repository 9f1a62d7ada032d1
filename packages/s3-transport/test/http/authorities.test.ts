// What a store's certificate may be, by the program's own connections.
import { readFile } from "node:fs/promises";
import {
  type Answer,
  type Authority,
  type Certificate,
  makeAuthority,
  startHttpServer,
  startProxy,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { bytesBody, createS3, type S3Location } from "../../src/index.ts";

let authority: Authority;
let authorities: string;
beforeAll(async () => {
  authority = await makeAuthority();
  authorities = await readFile(authority.file, "utf8");
});
afterAll(async () => await authority.remove());

const body = bytesBody(Buffer.from("hello"));
const store: Answer = (request, response) => {
  const etag = '"5d41402abc4b2a76b9719d911017c592"';
  request.on("end", () => response.writeHead(200, { etag }).end()).resume();
};

/** The port of a store. */
async function startStore(certificate?: Certificate): Promise<number> {
  const { port, stop } = await startHttpServer(store, certificate);
  onTestFinished(async () => await stop());
  return port;
}

/** A store of that name, and how to reach it. */
async function storeOf(name: string, from = 2020, until = 2045): Promise<S3Location> {
  const port = await startStore(await authority.issue(name, from, until));
  return locationOf(`https://localhost:${port}`);
}

function locationOf(endpoint: string): S3Location {
  const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
  return { bucket: "offsite", region: "us-east-1", endpoint, credentials, forcePathStyle: true };
}

describe("A store whose authority is its own", () => {
  test("is trusted where that authority is given", async () => {
    const location = await storeOf("localhost");
    const stored = createS3({ ...location, authorities }).store.put("a", body);
    await expect(stored).resolves.toBeDefined();
  });

  test("is trusted through a proxy as well", async () => {
    const location = await storeOf("localhost");
    const proxy = await startProxy({ to: new URL(location.endpoint ?? "").host });
    onTestFinished(async () => await proxy.stop());
    const through = { ...location, proxyFor: () => ({ address: proxy.address }) };
    await expect(createS3(through).store.put("a", body)).rejects.toMatchObject({ permanent: true });
    await createS3({ ...through, authorities }).store.put("a", body);
    expect(proxy.requests).toHaveLength(2);
  });

  test("is the only one that is trusted: another authority is none", async () => {
    const other = await makeAuthority();
    onTestFinished(async () => await other.remove());
    const location = await storeOf("localhost");
    const wrong = { ...location, authorities: await readFile(other.file, "utf8") };
    await expect(createS3(wrong).store.put("a", body)).rejects.toMatchObject({ permanent: true });
  });
});

describe("A store that cannot be trusted is reported at once, with the reason", () => {
  test.each([
    ["of an unknown authority", "localhost", 2020, 2045, false, "certificate-untrusted"],
    ["that has expired", "localhost", 2020, 2021, true, "certificate-dates"],
    ["that is not valid yet", "localhost", 2045, 2046, true, "certificate-dates"],
    ["of another name", "other.test", 2020, 2045, true, "certificate-name"],
  ])("for a certificate %s", async (_, name, from, until, trusted, reason) => {
    const location = await storeOf(name, from, until);
    const tried = createS3({ ...location, ...(trusted && { authorities }) }).store.put("a", body);
    const expected = { code: "unreachable", permanent: true, reason };
    await expect(tried).rejects.toMatchObject(expected);
  });

  test("for a port without TLS", async () => {
    const port = await startStore();
    const location = locationOf(`https://localhost:${port}`);
    await expect(createS3(location).store.put("a", body)).rejects.toMatchObject({
      code: "unreachable",
      permanent: true,
      reason: "no-tls",
    });
  });
});
