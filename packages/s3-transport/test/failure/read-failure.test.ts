import { describe, expect, test } from "vitest";
import { readFailure } from "../../src/failure/read-failure.ts";

const answered = (headers: Readonly<Record<string, string>>): object =>
  Object.assign(new Error("No."), { $response: { headers } });

describe("The reason of a failure is", () => {
  test.each([
    ["its message", new Error("connect ECONNREFUSED"), "connect ECONNREFUSED"],
    [
      "its code where it says nothing",
      Object.assign(new Error(""), { code: "ETIMEDOUT" }),
      "ETIMEDOUT",
    ],
    [
      "its name where it has nothing else",
      Object.assign(new Error(""), { name: "SlowDown" }),
      "SlowDown",
    ],
    ["itself where it is no error", "broken", "broken"],
    ["without the SDK's advice", new Error("bad\n  Deserialization error: inspect it"), "bad"],
  ])("%s", (_, error, reason) => {
    expect(readFailure(error)).toMatchObject({ reason });
  });
});

describe("A store that asks to wait", () => {
  test.each([
    ["for seconds is understood", "7", 7000],
    ["until a time that has passed needs no wait", new Date(0).toUTCString(), 0],
    ["for what is no time has not asked", "soon", undefined],
  ])("%s", (_, after, retryAfterMs) => {
    expect(readFailure(answered({ "retry-after": after })).retryAfterMs).toBe(retryAfterMs);
  });
});

test("A lost connection has no status, whatever the answer said before", () => {
  const error = Object.assign(new Error("read ECONNRESET"), {
    code: "ECONNRESET",
    $metadata: { httpStatusCode: 200 },
  });
  expect(readFailure(error)).toMatchObject({ name: "ECONNRESET", status: undefined });
});
