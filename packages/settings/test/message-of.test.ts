import { expect, test } from "vitest";
import { messageOf } from "../src/message-of.ts";

test("What a library throws that is not an Error is shown as it is", () => {
  expect(messageOf(new Error("no memory"))).toBe("no memory");
  expect(messageOf("no memory")).toBe("no memory");
});
