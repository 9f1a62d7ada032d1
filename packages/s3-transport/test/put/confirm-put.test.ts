import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bytesBody, createS3, type S3Location, withRetry } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";
import { answer, rawServer } from "../http/raw-server.ts";

const small = bytesBody(Buffer.from("hello"));
const large = bytesBody(Buffer.alloc(65_537, "x"));
const md5 = createHash("md5").update(small.bytes).digest("hex");
const OTHER = "0123456789abcdef0123456789abcdef";

/** What becomes of a put that a server answers so. */
async function put(
  response: string,
  { body = small, ...changes }: Partial<S3Location> & { body?: typeof small } = {},
): Promise<unknown> {
  const location = await rawServer((socket) => {
    let received = 0;
    socket.on("data", (data) => {
      const head = data.indexOf("\r\n\r\n");
      received += data.length - (head === -1 ? 0 : head + 4);
      if (received >= body.bytes.length) socket.write(response);
    });
  });
  const store = createS3({ ...location, ...changes }).store;
  return await store.put("key", body).catch((error: unknown) => error);
}

function etag(tag: string, headers = ""): string {
  return answer("200 OK", "", `etag: ${tag}\r\n${headers}`);
}

describe("A put is confirmed by", () => {
  test.each([
    ["the MD5 of its body", etag(`"${md5}"`)],
    ["the MD5 without quotes and in capitals", etag(md5.toUpperCase())],
    ["a tag that MinIO makes without the MD5", etag(`"${OTHER}-1"`)],
    [
      "any tag of what the store encrypts",
      etag(`"${OTHER}"`, "x-amz-server-side-encryption: aws:kms\r\n"),
    ],
    ["an answer that names a type of nothing", etag(`"${md5}"`, "content-type: text/html\r\n")],
  ])("%s", async (_, response) => {
    expect(await put(response)).toEqual({});
  });

  test("any MD5 where the body is too large to reckon its own for that", async () => {
    expect(await put(etag(`"${OTHER}"`), { body: large })).toEqual({});
  });

  test("any tag where the store encrypts by request and does not say so", async () => {
    expect(await put(etag(OTHER), { serverSideEncryption: "aws:kms" })).toEqual({});
  });

  test("any tag at all of a store whose tags are its own", async () => {
    expect(await put(etag('"CKih16Gjyc"'), { etag: "opaque" })).toEqual({});
  });
});

describe("A put counts as unconfirmed where the answer is", () => {
  const PAGE = "<html>Please log in.</html>";
  test.each([
    ["a web page", answer("200 OK", PAGE, "content-type: text/html\r\n"), "a web page"],
    [
      "a web page with a digest for a tag",
      answer("200 OK", PAGE, `content-type: text/html; charset=utf-8\r\netag: "${md5}"\r\n`),
      "a web page",
    ],
    ["204", answer("204 No Content"), "204, not 200"],
    ["201 with the right tag", answer("201 Created", "", `etag: "${md5}"\r\n`), "201, not 200"],
    ["200 without a tag", answer("200 OK"), "no ETag"],
    ["200 with an empty tag", etag('""'), "no ETag"],
    ["200 with the tag of a file server", etag('W/"5e4-6a0"'), "no store's ETag"],
    ["200 with another object's tag", etag(`"${OTHER}"`), "another object's ETag"],
  ])("%s", async (_, response, problem) => {
    expect(await put(response)).toMatchObject({
      code: "unconfirmed",
      message: expect.stringMatching(
        `^storing key failed: the answer .*${problem} .bucket offsite`,
      ),
      permanent: false,
      answered: false,
    });
  });

  test("the wrong MD5 of a large body whose own is known", async () => {
    const body = { ...large, md5: createHash("md5").update(large.bytes).digest("hex") };
    expect(await put(etag(`"${OTHER}"`), { body })).toMatchObject({ code: "unconfirmed" });
  });

  test("no tag, even of a store whose tags are its own", async () => {
    expect(await put(answer("200 OK"), { etag: "opaque" })).toMatchObject({ code: "unconfirmed" });
  });
});

test("What a portal swallowed is sent again, and arrives when the portal is gone", async () => {
  let portals = 2;
  const { location } = await embeddedStore({
    fault: () => (portals-- > 0 ? "portal" : undefined),
  });
  const store = createS3(location).store;
  await withRetry(store, { wait: async () => {} }).put("key", small, { onlyIfAbsent: true });
  const listed: string[] = [];
  for await (const { key } of store.list("")) listed.push(key);
  expect(listed).toEqual(["key"]);
});
