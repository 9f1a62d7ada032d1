import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkHost, encodeHost } from "../src/index.ts";
import { decodeHost, LONGEST_HOST } from "../src/host-name.ts";

test.each([
  ["gandalf", "gandalf"],
  ["web.example.com", "web.example.com"],
  ["bücher & co/1", "b%C3%BCcher%20%26%20co%2F1"],
  ["it's (a) host!*~", "it%27s%20%28a%29%20host%21%2A%7E"],
  [".", "%2E"],
  ["..", "%2E%2E"],
  ["...", "..."],
])("%j is %j in a key", (host, segment) => {
  expect(encodeHost(host)).toBe(segment);
});

test("every host that can be archived comes back from its segment, which holds nothing but plain characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), (host) => {
      fc.pre(encodeHost(host).length <= LONGEST_HOST && !host.startsWith("."));
      const segment = encodeHost(host);
      expect(segment).toMatch(/^[A-Za-z0-9._%-]+$/);
      expect(decodeHost(segment)).toBe(host);
      checkHost(host);
    }),
  );
});

test.each(["", "..", ".", ".foo", "a%2", "%ff", "%c3%bc", "%61", "a b", "a/b", "ü"])(
  "%j is a segment that was never written",
  (segment) => expect(decodeHost(segment)).toBeUndefined(),
);

describe("a host that no script could restore is refused", () => {
  test.each([
    ["", "it is empty"],
    [".foo", "it begins with a dot"],
    [".", "it begins with a dot"],
    ["x".repeat(201), "it is longer than 200 bytes"],
    ["ü".repeat(34), "it is longer than 200 bytes"],
    ["\ud800", "it is no Unicode text"],
  ])("%j: %s", (host, why) => expect(() => checkHost(host)).toThrow(why));

  test("and so are its keys", () => expect(decodeHost("x".repeat(201))).toBeUndefined());
});
