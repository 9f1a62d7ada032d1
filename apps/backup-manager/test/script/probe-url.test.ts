import { type Answer, type HttpServer, startHttpServer } from "@backuppc-archive-s3/test-rig";
import { afterEach, describe, expect, test } from "vitest";
import { probeUrl } from "../../src/script/probe-url.ts";

let server: HttpServer | undefined;
afterEach(async () => await server?.stop());

test("a store that gives the byte is asked for one, once", async () => {
  const ranges: unknown[] = [];
  const url = await serve((request, response) => {
    ranges.push(request.headers.range);
    response.writeHead(206).end("x");
  });
  await probeUrl(url);
  expect(ranges).toEqual(["bytes=0-0"]);
});

test("a store that sends the whole chunk is left after its head", async () => {
  const url = await serve((_, response) => response.writeHead(200).write("the first of many"));
  await expect(probeUrl(url)).resolves.toBeUndefined();
});

describe("what goes wrong is told, and never the URL", () => {
  test("a refusal", async () => {
    const url = await serve((_, response) =>
      response.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>"),
    );
    await expect(probeUrl(url)).rejects.toMatchObject({
      code: "probe-failed",
      message: "a URL of the script does not work: 403 SignatureDoesNotMatch",
    });
  });

  test("chunks in Glacier, with the remedy", async () => {
    const url = await serve((_, response) =>
      response.writeHead(403).end("<Error><Code>InvalidObjectState</Code></Error>"),
    );
    await expect(probeUrl(url)).rejects.toMatchObject({
      code: "probe-failed",
      hint: expect.stringContaining("restore-object"),
    });
  });

  test("nobody there", async () => {
    // The port of a server that was stopped may be another's by now.
    const probe = probeUrl("http://127.0.0.1:1/chunk?X-Amz-Signature=secret");
    await expect(probe).rejects.toThrow("ECONNREFUSED");
    await expect(probe).rejects.not.toThrow("secret");
  });

  test("silence", async () => {
    const url = await serve(() => {});
    await expect(probeUrl(url, { timeout: 100 })).rejects.toMatchObject({ code: "probe-failed" });
  });
});

async function serve(answer: Answer): Promise<string> {
  server = await startHttpServer(answer);
  return `${server.endpoint}/chunk?X-Amz-Signature=secret`;
}
