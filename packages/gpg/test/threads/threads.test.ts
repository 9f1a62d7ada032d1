import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Threads } from "../../src/threads/threads.ts";
import { unlessAborted } from "../../src/threads/unless-aborted.ts";

const start = (): Worker => new Worker("", { eval: true });

test("A listener that comes after the failure gets it at once", async () => {
  const threads = new Threads(1, start);
  await threads.close();
  const heard: unknown[] = [];
  threads.onFailure((failure) => heard.push(failure));
  expect(heard).toMatchObject([{ code: "closed" }]);
});

test("A thread that is not started says why, whatever was thrown", () => {
  const failing = (): never => {
    throw "no memory";
  };
  expect(() => new Threads(1, failing)).toThrow(
    expect.objectContaining({
      code: "worker-lost",
      message: "An encryption thread ended: it could not be started (no memory).",
    }),
  );
});

test("What was cancelled before is not waited for", async () => {
  const reason = new Error("cancelled");
  const never = new Promise(() => {});
  await expect(unlessAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
});
