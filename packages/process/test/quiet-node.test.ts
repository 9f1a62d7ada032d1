import { afterEach, beforeEach, expect, test } from "vitest";
import { quietNode } from "../src/quiet-node.ts";

const before = process.listeners("warning");
let heard: string[];
beforeEach(() => {
  heard = [];
  process.removeAllListeners("warning").on("warning", ({ message }) => void heard.push(message));
});
afterEach(() => {
  process.removeAllListeners("warning");
  for (const listener of before) process.on("warning", listener);
});

test("What Node says of its experimental parts is not printed, and all else is", async () => {
  quietNode();
  process.emitWarning("Ed25519 is experimental", "ExperimentalWarning");
  process.emitWarning("a leak", "MaxListenersExceededWarning");
  await new Promise(setImmediate);
  expect(heard).toEqual(["a leak"]);
});
