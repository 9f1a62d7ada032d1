import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { bytesBody, createS3 } from "../../src/index.ts";
import { answer, rawServer } from "../http/raw-server.ts";

/** What becomes of a put that a server answers so. */
async function failureOf(response: string, goOn = (_socket: Socket): void => {}): Promise<unknown> {
  const location = await rawServer((socket) => {
    socket.once("data", () => {
      socket.write(response);
      goOn(socket);
    });
  });
  const stored = createS3(location).store.put("key", bytesBody(Buffer.from("x")));
  return await stored.catch((error: unknown) => error);
}

test("A refusal is reported in the store's own words", async () => {
  const xml =
    '<?xml version="1.0"?>\n<Error>\n <Code>A&amp;B</Code><Message>1 &lt; 2 &amp;lt; 3</Message></Error>';
  expect(await failureOf(answer("400 Bad Request", xml))).toMatchObject({
    code: "refused",
    message: expect.stringContaining('400 A&B, "1 < 2 &lt; 3"'),
  });
});

test.each([
  ["502 Bad Gateway", "<html>Bad Gateway</html>", { code: "unreachable", answered: false }],
  ["503 Service Unavailable", "", { code: "throttled", permanent: false }],
  ["403 Forbidden", '{"message":"no"}', { code: "denied", permanent: true }],
  ["412 Precondition Failed", "", { code: "exists", permanent: true }],
])("A refusal that has no form of S3 counts by its status: %s", async (status, body, kind) => {
  expect(await failureOf(answer(status, body))).toMatchObject(kind);
});

test("A page without an end is read as far as an error can be long", async () => {
  const head = "HTTP/1.1 500 Error\r\ntransfer-encoding: chunked\r\n\r\n";
  const piece = `8000\r\n${"x".repeat(0x8000)}\r\n`;
  const failure = await failureOf(head, (socket) => {
    for (let sent = 0; sent < 4; sent++) socket.write(piece);
  });
  expect(failure).toMatchObject({ code: "unreachable" });
});
