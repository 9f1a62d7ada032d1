import { type ForwardProxy, startProxy } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ShellSite, shellSite, threeArchives } from "./shell-site.ts";

const PASSWORD = "pr0xy-s3cr3t";

let site: ShellSite;
let proxy: ForwardProxy;
let environment: Readonly<Record<string, string>>;
beforeAll(async () => {
  site = await shellSite();
  await threeArchives(site);
  proxy = await startProxy({ password: `me:${PASSWORD}` });
  environment = { http_proxy: proxy.address.replace("//", `//me:${PASSWORD}@`) };
});
afterAll(async () => await proxy.stop());

test.each(["list", "verify", "script -H gandalf -f r.sh", "delete -H gandalf -b 123"])(
  "%s goes through the proxy of the environment",
  async (command) => {
    const before = proxy.requests.length;
    const { stdout, stderr, status } = await site.shell(`backup-manager ${command}`, environment);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).not.toContain(PASSWORD);
    expect(proxy.requests.length).toBeGreaterThan(before);
  },
);

test("nothing goes past a proxy that is not there", async () => {
  const { stderr, status } = await site.shell("backup-manager list", {
    http_proxy: "http://127.0.0.1:1",
  });
  expect(stderr).toContain("the proxy http://127.0.0.1:1 cannot be reached");
  expect(status).toBe(1);
});

test("doctor names the proxy, and never its password", async () => {
  const { stdout } = await site.shell("backup-manager doctor", environment);
  expect(stdout).toMatch(`requests to the store go through ${proxy.address}\n`);
  expect(stdout).not.toContain(PASSWORD);
  const socks = await site.shell("backup-manager doctor", { http_proxy: "socks5h://127.0.0.1" });
  expect(socks.stdout).toContain("http_proxy names a proxy of the kind socks5h");
  expect(socks.status).toBe(1);
});
