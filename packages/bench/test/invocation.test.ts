import { expect, test } from "vitest";
import { benchInvocation } from "../src/invocation.ts";

const stepsOf = (...args: string[]) => benchInvocation(args, "/docs", () => {}).steps;

test("each measurement has sizes of its own, which the command line overrides", () => {
  expect(stepsOf("stream")[0]?.options).toMatchObject({ size: 100e9, chunkSize: 64 * 2 ** 20 });
  expect(stepsOf("stream", "--size", "1GB")[0]?.options.size).toBe(1e9);
});

test("all of it is a row of measurements, and what is given holds for each", () => {
  const steps = stepsOf("all", "--rounds", "1");
  expect(steps.map(({ line }) => line)).toContain("uplink --rate 2MB --size 128MiB");
  expect(new Set(steps.map(({ options }) => options.rounds))).toEqual(new Set([1]));
});

test("the quick row is small", () => {
  const sizes = stepsOf("all", "--quick").map(({ options, line }) => [line, options.size]);
  const moving = sizes.filter(([line]) => line !== "start-up --rounds 1");
  expect(Math.max(...moving.map(([, size]) => Number(size)))).toBeLessThanOrEqual(256e6);
});

test("figures are kept only when asked for, in the project's docs unless told where", () => {
  const docsOf = (...args: string[]) => benchInvocation(args, "/docs", () => {}).docs;
  expect(docsOf("memory")).toBeUndefined();
  expect(docsOf("memory", "--write")).toBe("/docs");
  expect(docsOf("memory", "--write", "--docs", "/elsewhere")).toBe("/elsewhere");
});

test("an unknown measurement or input is refused with those that there are", () => {
  expect(() => stepsOf("speed")).toThrow(/Usage: bench hardware\|start-up\|/);
  expect(() => stepsOf("memory", "--input", "zeros")).toThrow(/random, usr, small-files/);
});
