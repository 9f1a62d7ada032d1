import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startProxy } from "@backuppc-archive-s3/test-rig";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { isExempt } from "../../src/proxy/no-proxy.ts";

describe("isExempt", () => {
  test.each([
    ["s3.example.net", "example.net"],
    ["s3.example.net", ".example.net"],
    ["example.net", ".example.net"],
    ["s3.example.net.", "s3.example.net"],
    ["s3.example.net", "s3.example.net."],
    ["S3.Example.Net", "s3.EXAMPLE.net"],
    ["s3.example.net", "localhost, example.net"],
    ["s3.example.net", "localhost,,example.net"],
    ["s3.example.net", "*"],
    ["10.1.2.3", "*"],
    ["10.1.2.3", "10.1.2.3"],
    ["10.1.2.3", "localhost,10.0.0.0/8"],
    ["10.1.2.3", "10.1.2.0/24"],
    ["[fd00::1]", "fd00::1"],
  ])("%s is exempt by %j, as with curl", async (host, list) => {
    expect(isExempt(host, list)).toBe(true);
    expect(await goesThroughProxy(host, list)).toBe(false);
  });

  test.each([
    ["s3.example.net", ""],
    ["s3.example.net", "ample.net"],
    ["example.net", "s3.example.net"],
    ["s3.example.net", "localhost,*"],
    ["s3.example.net", "*.example.net"],
    ["s3.example.net", "."],
    ["10.1.2.3", "10.1.2"],
    ["10.1.2.3", "2.3"],
    ["10.1.2.3", "10.1.3.0/24"],
    ["10.1.2.3", "10.1.2.0/33"],
    ["10.1.2.3", "fd00::/8"],
    ["[fd00::1]", "fe80::/10"],
    ["[fd00::1]", "10.0.0.0/8"],
  ])("%s is not exempt by %j, as with curl", async (host, list) => {
    expect(isExempt(host, list)).toBe(false);
    expect(await goesThroughProxy(host, list)).toBe(true);
  });

  test("networks of IPv6 exempt as curl's manual says, which curl 7.88 does not do", () => {
    expect(isExempt("[fd00::1]", "fd00::/8")).toBe(true);
    expect(isExempt("fd00::1", "localhost,fd00::/8")).toBe(true);
    expect(isExempt("[FD00:0:0::1]", "fd00::1")).toBe(true);
  });

  test("no list crashes it, and only names of the host itself or above it exempt it", () => {
    const name = fc.domain();
    fc.assert(
      fc.property(
        name,
        fc.array(fc.oneof(name, fc.string(), fc.ipV4(), fc.ipV6())),
        (host, list) => {
          const entries = list.map((entry) => entry.replaceAll(/[\s,]/g, ""));
          const above = entries.some((entry) =>
            `.${host}`
              .toLowerCase()
              .endsWith(`.${entry.toLowerCase().replace(/\.$/, "").replace(/^\./, "")}`),
          );
          fc.pre(!entries.some((entry) => ["", ".", "..", "*"].includes(entry)));
          expect(isExempt(host, entries.join(","))).toBe(above);
        },
      ),
    );
  });
});

/** To be refused is all that is wanted of it. */
const { address, requests, stop } = await startProxy({ refuse: 403 });
afterAll(async () => await stop());

/** What curl does; whatever the host is, it connects to our server. */
async function goesThroughProxy(host: string, list: string): Promise<boolean> {
  const before = requests.length;
  const here = new URL(address).host;
  const args = ["-q", "-sS", "--globoff", "--connect-to", `::${here}`, `http://${host}/`];
  const env = { PATH: process.env["PATH"], http_proxy: address, no_proxy: list };
  await promisify(execFile)("curl", args, { env }).catch(() => {});
  expect(requests).toHaveLength(before + 1);
  return requests.at(-1)?.startsWith("GET /") === false;
}
