import { expect, test } from "vitest";
import { benchInvocation } from "../src/invocation.ts";

const stepsOf = (...args: string[]) => benchInvocation(args, "/docs", () => {}).steps;

test("each measurement has sizes of its own, which the command line overrides", () => {
  expect(stepsOf("stream")[0]?.options).toMatchObject({ size: 100e9, chunkSize: 64 * 2 ** 20 });
  expect(stepsOf("stream", "--size", "1GB")[0]?.options.size).toBe(1e9);
});

test("all of it is a row of measurements, and what is given holds for each", () => {
  const steps = stepsOf("all", "--rounds", "1");
  expect(steps.map(({ options }) => options.rate)).toContain(2e6);
  expect(new Set(steps.map(({ options }) => options.rounds))).toEqual(new Set([1]));
});

test("the quick row is small", () => {
  const moving = stepsOf("all", "--quick").filter(({ command }) => command.includes("--size"));
  expect(moving.length).toBeGreaterThan(3);
  const sizes = moving.map(({ options }) => options.size);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256e6);
});

test("each step tells the command that repeats it, with the sizes that go without saying", () => {
  expect(stepsOf("stream", "--write")[0]?.command).toBe(
    "pnpm bench stream --size 100GB --chunk 64MiB",
  );
  const peers = ["--peer", "restic", "--peer", "rclone"];
  const [step] = stepsOf("rgw", ...peers, "--size", "1GiB");
  expect(step?.command).toBe(
    "pnpm bench rgw --size 1GiB --chunk 64MiB --rounds 3 --peer restic --peer rclone",
  );
  const again = step?.command.split(" ").slice(2) ?? [];
  expect(stepsOf(...again)[0]?.options).toMatchObject({
    peers: ["restic", "rclone"],
    size: 2 ** 30,
  });
});

test("figures are kept only when asked for, in the project's docs unless told where", () => {
  const docsOf = (...args: string[]) => benchInvocation(args, "/docs", () => {}).docs;
  expect(docsOf("memory")).toBeUndefined();
  expect(docsOf("memory", "--write")).toBe("/docs");
  expect(docsOf("memory", "--write", "--docs", "/elsewhere")).toBe("/elsewhere");
  expect(() => docsOf("all", "--quick", "--write")).toThrow(/name a --docs FOLDER/);
});

test("an unknown measurement or input is refused with those that there are", () => {
  expect(() => stepsOf("speed")).toThrow(/Usage: bench hardware\|start-up\|/);
  expect(() => stepsOf("memory", "--input", "zeros")).toThrow(/random, usr, small-files/);
});
