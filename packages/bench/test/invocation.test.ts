import { expect, test } from "vitest";
import { BenchError } from "../src/bench-error.ts";
import { benchInvocation } from "../src/invocation.ts";

const stepsOf = (...args: string[]) => benchInvocation(args, "/docs", () => {}).steps;

test("each measurement has sizes of its own, which the command line overrides", () => {
  expect(stepsOf("stream")[0]?.options).toMatchObject({ size: 100e9, mean: 2 * 2 ** 20 });
  expect(stepsOf("stream", "--size", "1GB")[0]?.options.size).toBe(1e9);
});

test("all of it is a row of measurements, and what is given holds for each that has a use for it", () => {
  const steps = stepsOf("all", "--rounds", "1");
  expect(steps.map(({ options }) => options.rate)).toContain(2e6);
  const commands = steps.map(({ command }) => command);
  expect(commands).toContain("pnpm bench encryption --size 2GiB --mean 2MiB --rounds 1");
  expect(commands).toContain("pnpm bench stream --size 100GB --mean 2MiB");
  expect(commands.join()).not.toMatch(/--rounds [^1]/);
});

test.each([
  ["stream", "--rounds", "3"],
  ["hardware", "--peer", "restic"],
  ["memory", "--rival", "/tmp/archive-host.mjs"],
  ["large-list", "--size", "1GiB"],
  ["memory", "--mean", "2MiB"],
])("%s with %s %s is refused: the command beside the figures would not be true", (...args) => {
  expect(() => stepsOf(...args)).toThrow(`${args[1]} changes nothing of what ${args[0]} measures`);
});

test.each(["0", "-1", "1.5", "abc", ""])("--rounds=%s is refused", (rounds) => {
  expect(() => stepsOf("null-sink", `--rounds=${rounds}`)).toThrow("No number of rounds");
});

test.each(["1x", "0MiB", "0.1KB", "1.2.3MB", "512", "-1MiB", "MiB", ""])(
  "a size of %j is refused",
  (size) => {
    expect(() => stepsOf("null-sink", `--size=${size}`)).toThrow(`No size: ${size}.`);
    expect(() => stepsOf("null-sink", `--chunk=${size}`)).toThrow(`No size: ${size}.`);
    expect(() => stepsOf("null-sink", `--mean=${size}`)).toThrow(`No size: ${size}.`);
  },
);

test("one of the quick row is as quick alone, and what is not in it is refused", () => {
  expect(stepsOf("encryption", "--quick")[0]?.options.size).toBe(16 * 2 ** 20);
  expect(stepsOf("scale", "--quick").length).toBeGreaterThan(1);
  expect(() => stepsOf("rgw", "--quick")).toThrow("Nothing is quick but all, scale, hardware,");
});

test("a value may be the name of a measurement", () => {
  expect(benchInvocation(["memory", "--write", "--docs", "memory"], "/docs", () => {}).docs).toBe(
    "memory",
  );
});

test("the quick row is small", () => {
  const moving = stepsOf("all", "--quick").filter(({ command }) => command.includes("--size"));
  expect(moving.length).toBeGreaterThan(3);
  const sizes = moving.map(({ options }) => options.size);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256e6);
});

test("each step tells the command that repeats it, with the sizes that go without saying", () => {
  expect(stepsOf("stream", "--write")[0]?.command).toBe(
    "pnpm bench stream --size 100GB --mean 2MiB",
  );
  const peers = ["--peer", "restic", "--peer", "rclone"];
  const [step] = stepsOf("rgw", ...peers, "--size", "1GiB");
  expect(step?.command).toBe(
    "pnpm bench rgw --size 1GiB --mean 2MiB --chunk 64MiB --rounds 3 --peer restic --peer rclone",
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
  expect(() => docsOf("memory", "--docs", "/elsewhere")).toThrow(/without --write/);
});

test("an unknown option or a second name is refused with the usage, in no stack of calls", () => {
  const told =
    (...args: string[]) =>
    () =>
      stepsOf(...args);
  expect(told("memory", "--nope")).toThrow(/^Unknown option '--nope'\nUsage: /);
  expect(told("memory", "stream")).toThrow(/not stream too\.\nUsage: /);
  expect(told("memory", "--size")).toThrow(BenchError);
});

test("an unknown measurement or input is refused with those that there are", () => {
  expect(() => stepsOf("speed")).toThrow(/Usage: bench hardware\|start-up\|/);
  expect(() => stepsOf("memory", "--input", "zeros")).toThrow(/random, usr, small-files/);
});
