import { type ForwardProxy, startProxy } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, type Site, start } from "./site.ts";

const PASSWORD = "pr0xy-s3cr3t";

let site: Site;
let proxy: ForwardProxy;
beforeEach(async () => {
  site = await openSite();
  proxy = await startProxy({ password: `me:${PASSWORD}` });
});
afterEach(async () => {
  await proxy.stop();
  await site.close();
});

test("archives through the proxy of the environment, says so, and shows its password nowhere", async () => {
  const http_proxy = proxy.address.replace("//", `//me:${PASSWORD}@`);
  const running = start(site.command(), site.environment({ http_proxy }));
  expect(await running.ended).toBe(0);
  expect(running.lines.join("\n")).toContain(`to offsite through the proxy ${proxy.address}`);
  expect(running.lines.join("\n")).not.toContain(PASSWORD);
  expect([...(await site.leftBehind()).values()].join("\n")).not.toContain(PASSWORD);
  expect(proxy.requests).toHaveLength(22);
});

test("leaves alone a proxy that no_proxy excludes the store from", async () => {
  const environment = { http_proxy: proxy.address, no_proxy: "127.0.0.1" };
  const running = start(site.command(), site.environment(environment));
  expect(await running.ended).toBe(0);
  expect(proxy.requests).toEqual([]);
});

test("says what a proxy wants that refuses it", async () => {
  const running = start(site.command(), site.environment({ http_proxy: proxy.address }));
  expect(await running.ended).toBe(1);
  expect(running.lines.at(-1)).toMatch(
    /^storing .* failed: 407, and the answer is not one of S3 .*https_proxy=http:\/\/NAME:PASSWORD@HOST:PORT\.$/,
  );
});

test("refuses a proxy of a kind that it does not know before anything is stored", async () => {
  const http_proxy = `socks5://me:${PASSWORD}@127.0.0.1:1080`;
  const running = start(site.command(), site.environment({ http_proxy }));
  expect(await running.ended).toBe(2);
  expect(running.lines.at(-1)).toMatch(/^http_proxy names a proxy of the kind socks5/);
  expect(running.lines.join("\n")).not.toContain(PASSWORD);
});
