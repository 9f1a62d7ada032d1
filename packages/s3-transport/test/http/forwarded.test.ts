import { expect, test } from "vitest";
import { forwarded, ofProxy } from "../../src/http/proxy.ts";

const REQUEST = {
  method: "PUT",
  protocol: "http:",
  hostname: "s3.example.net",
  path: "/offsite/a?x=1",
  headers: {},
  body: undefined,
};

test.each([
  ["with its port", { ...REQUEST, port: 8080 }, "http://s3.example.net:8080/offsite/a?x=1"],
  ["without one", REQUEST, "http://s3.example.net/offsite/a?x=1"],
  [
    "by an IPv6 address, in brackets",
    { ...REQUEST, hostname: "::1" },
    "http://[::1]/offsite/a?x=1",
  ],
])("A proxy is asked for the whole URL, %s", (_, request, path) => {
  expect(forwarded(request, { address: "http://proxy.example.net" })).toMatchObject({
    hostname: "proxy.example.net",
    port: undefined,
    path,
  });
});

test("Of several addresses that all failed, Node's error has no words: its code is the reason", () => {
  const error = Object.assign(new Error(""), { code: "ECONNREFUSED" });
  expect(ofProxy(error, { address: "http://proxy.example.net" })).toMatchObject({
    message: "the proxy http://proxy.example.net cannot be reached: ECONNREFUSED",
  });
});
