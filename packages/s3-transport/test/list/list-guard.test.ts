import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ListGuard } from "../../src/list/list-guard.ts";

const location = { bucket: "offsite", region: "us-east-1" };
const last = { truncated: false, next: undefined };

describe("A page of a list is refused that", () => {
  test.each([
    ["is no list", { truncated: undefined, keys: [], next: undefined }, "no list"],
    ["names no next page", { truncated: true, keys: ["a/1"], next: undefined }, "no next page"],
    ["names it by nothing", { truncated: true, keys: ["a/1"], next: "" }, "no next page"],
    ["has a key of another prefix", { ...last, keys: ["a/1", "b/1"] }, "not asked for"],
    ["has keys in the wrong order", { ...last, keys: ["a/2", "a/1"] }, "not in the order"],
    ["has a key twice", { ...last, keys: ["a/1", "a/1"] }, "repeats some"],
  ])("%s", (_, page, problem) => {
    const check = (): unknown => new ListGuard(location, "a/").check(page);
    expect(check).toThrow(expect.objectContaining({ code: "unconfirmed", permanent: false }));
    expect(check).toThrow(problem);
  });

  test("begins before the end of the page before, or behind what was asked for", () => {
    const guard = new ListGuard(location, "");
    expect(guard.check({ truncated: true, keys: ["a", "b"], next: "1" })).toBe("1");
    expect(() => guard.check({ ...last, keys: ["b", "c"] })).toThrow("repeats some");
    const behind = new ListGuard(location, "", { after: "b" });
    expect(() => behind.check({ ...last, keys: ["b"] })).toThrow("repeats some");
  });

  test("names itself as the next one", () => {
    const guard = new ListGuard(location, "");
    guard.check({ truncated: true, keys: ["a"], next: "1" });
    const again = (): unknown => guard.check({ truncated: true, keys: [], next: "1" });
    expect(again).toThrow("the same page again");
  });

  test("is one of endless pages without a key", () => {
    const guard = new ListGuard(location, "");
    const page = (at: number): unknown =>
      guard.check({ truncated: true, keys: [], next: String(at) });
    for (let at = 0; at < 1000; at++) page(at);
    expect(() => page(1000)).toThrow("page after page without a key");
  });
});

test("A list in the order of its bytes passes, however it is cut into pages", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "binary" })), fc.nat(5), (names, cut) => {
      const bytes = (key: string): Buffer => Buffer.from(key);
      // A lone surrogate has no bytes of its own.
      const whole = names.filter((key) => bytes(key).toString() === key);
      const keys = whole.toSorted((one, other) => Buffer.compare(bytes(one), bytes(other)));
      const guard = new ListGuard(location, "");
      guard.check({ truncated: true, keys: keys.slice(0, cut), next: "2" });
      expect(guard.check({ ...last, keys: keys.slice(cut) })).toBeUndefined();
    }),
  );
});

test("Versions of a key may follow each other, over pages too", () => {
  const guard = new ListGuard(location, "");
  guard.check({ truncated: true, keys: ["a", "a"], versions: ["2", "1"], next: "1" });
  expect(guard.check({ ...last, keys: ["a", "b"], versions: ["0", "1"] })).toBeUndefined();
  expect(() => guard.check({ ...last, keys: ["a"], versions: ["3"] })).toThrow("not in the order");
});

test("A version that comes again is refused, else a list could go round for ever", () => {
  const guard = new ListGuard(location, "");
  guard.check({ truncated: true, keys: ["a"], versions: ["1"], next: "1" });
  guard.check({ truncated: true, keys: ["a"], versions: ["2"], next: "2" });
  const again = (): unknown =>
    guard.check({ truncated: true, keys: ["a"], versions: ["1"], next: "1" });
  expect(again).toThrow("repeats some");
});
