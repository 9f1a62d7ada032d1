import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proxyFor } from "../../src/proxy/proxy-for.ts";
import { SettingsError } from "../../src/settings-error.ts";

const STORE = { protocol: "https:", hostname: "s3.example.net" };
const PLAIN = { ...STORE, protocol: "http:" };
const there = { address: "http://proxy:3128" };

describe("proxyFor", () => {
  test.each([
    ["https_proxy", STORE],
    ["HTTPS_PROXY", STORE],
    ["all_proxy", STORE],
    ["ALL_PROXY", PLAIN],
    ["http_proxy", PLAIN],
  ])("heeds %s for %o", (name, place) => {
    expect(proxyFor({ [name]: "http://proxy:3128" }, place)).toEqual(there);
  });

  test.each([
    ["HTTP_PROXY, which a web server may set", { HTTP_PROXY: "http://proxy:3128" }, PLAIN],
    ["http_proxy for https", { http_proxy: "http://proxy:3128" }, STORE],
    ["https_proxy for http", { https_proxy: "http://proxy:3128" }, PLAIN],
    ["one that is empty", { https_proxy: "" }, STORE],
    [
      "any for a store in no_proxy",
      { https_proxy: "http://proxy:3128", no_proxy: "example.net" },
      STORE,
    ],
    ["any for a store in NO_PROXY", { https_proxy: "http://proxy:3128", NO_PROXY: "*" }, STORE],
    [
      "one that is unusable, for a store in no_proxy",
      { https_proxy: "socks5://p", no_proxy: "*" },
      STORE,
    ],
  ])("does not heed %s", (_, environment, place) => {
    expect(proxyFor(environment, place)).toBeUndefined();
  });

  test("prefers the small letters, and the one of the protocol", () => {
    const environment = {
      HTTPS_PROXY: "http://b:1",
      https_proxy: "http://a:1",
      all_proxy: "http://c:1",
    };
    expect(proxyFor(environment, STORE)).toEqual({ address: "http://a:1" });
    const lists = { https_proxy: "http://a:1", no_proxy: "elsewhere", NO_PROXY: "*" };
    expect(proxyFor(lists, STORE)).toEqual({ address: "http://a:1" });
  });

  test.each([
    ["proxy:3128", "http://proxy:3128"],
    ["http://proxy:80", "http://proxy:80"],
    ["http://proxy", "http://proxy:1080"],
    ["https://proxy", "https://proxy:443"],
    ["HTTP://proxy:3128/", "http://proxy:3128"],
    ["http://[fd00::1]:3128", "http://[fd00::1]:3128"],
  ])("%s is the proxy %s, as with curl", (text, address) => {
    expect(proxyFor({ https_proxy: text }, STORE)).toEqual({ address });
  });

  test("has name and password for the proxy alone", () => {
    expect(proxyFor({ https_proxy: "http://me:s%40cret@proxy:3128" }, STORE)).toEqual({
      address: "http://proxy:3128",
      authorization: `Basic ${Buffer.from("me:s@cret").toString("base64")}`,
    });
  });

  test.each(["socks5://me:s3cr3t@proxy:1080", "http://me:s3cr3t@", "http://me:%zzs3cr3t@proxy"])(
    "refuses %s, and shows no password",
    (https_proxy) => {
      const proxy = (): unknown => proxyFor({ https_proxy }, STORE);
      expect(proxy).toThrow(expect.objectContaining({ code: "invalid" }));
      expect(proxy).toThrow(/^(?!.*s3cr3t).*https_proxy/);
    },
  );

  test("throws nothing but its own errors, whatever the environment has", () => {
    fc.assert(
      fc.property(fc.string(), (https_proxy) => {
        const outcome = outcomeOf({ https_proxy }) ?? "http://none";
        expect(outcome === "refused" || URL.canParse(outcome)).toBe(true);
      }),
    );
  });
});

function outcomeOf(environment: Record<string, string>): string | undefined {
  try {
    return proxyFor(environment, STORE)?.address;
  } catch (error) {
    if (error instanceof SettingsError && error.code === "invalid") return "refused";
    throw error;
  }
}
