import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHost, encodeHost } from "../src/host-name.ts";

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

test("every host comes back from its segment, which holds nothing but plain characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (host) => {
      const segment = encodeHost(host);
      expect(segment).toMatch(/^[A-Za-z0-9._%-]+$/);
      expect(decodeHost(segment)).toBe(host);
    }),
  );
});

test.each(["", "..", ".", "a%2", "%ff", "%c3%bc", "%61", "a b", "a/b", "ü"])(
  "%j is a segment that was never written",
  (segment) => expect(decodeHost(segment)).toBeUndefined(),
);
