// The stores that the bench starts as programs of their own, as they are built.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startHttpServer } from "@backuppc-archive-s3/test-rig";
import { afterEach, expect, test } from "vitest";

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function started(program: string, ...args: string[]) {
  const path = fileURLToPath(new URL(`../../dist/store/${program}.js`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  ended.push(() => child.kill());
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async (): Promise<string> => String((await lines.next()).value);
  return { endpoint: `http://127.0.0.1:${await line()}`, line, stdin: child.stdin };
}

async function startedServer(): Promise<string> {
  const server = await startHttpServer((request, response) => {
    const seen = `seen ${String(request.headers["x-amz-date"])}`;
    request.resume().once("end", () => response.end(seen));
  });
  ended.push(server.stop);
  return server.endpoint;
}

test("the null store answers a small body with its MD5, and knows a name that was put as a new one", async () => {
  const { endpoint } = await started("null-store-program");
  const put = async () =>
    await fetch(`${endpoint}/null/name`, {
      method: "PUT",
      body: "content",
      headers: { "if-none-match": "*" },
    });
  const first = await put();
  expect(first.status).toBe(200);
  const md5 = createHash("md5").update("content").digest("hex");
  expect(first.headers.get("etag")).toBe(`"${md5}"`);
  expect((await put()).status).toBe(412);
});

test("the proxy counts requests, what they carry and what is read, but no lists", async () => {
  const { endpoint, line, stdin } = await started("counting-proxy-program", await startedServer());
  const headers = { "x-amz-date": "today" };
  const answer = await fetch(`${endpoint}/b/key`, { method: "PUT", body: "12345", headers });
  expect(await answer.text()).toBe("seen today");
  await fetch(`${endpoint}/b?encoding-type=url&list-type=2`).then(
    async (list) => await list.text(),
  );
  stdin.write("\n");
  expect(JSON.parse(await line())).toEqual({ requests: 2, bytes: 5, read: "seen today".length });
});
