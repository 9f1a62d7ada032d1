import { describe, expect, test } from "vitest";
import { type DescribedSetting, describeSettings, parseSettings } from "../src/index.ts";

const SETTINGS = describeSettings().flatMap(({ settings }) => settings);

describe("describeSettings", () => {
  test("has every key once, with an example, and says what its value must be", () => {
    expect(new Set(SETTINGS.map(({ key }) => key)).size).toBe(SETTINGS.length);
    for (const { example, kind } of SETTINGS) {
      expect(example).toMatch(/^["[{\dtf]/);
      expect(kind).toMatch(/^(a|an|one of|such as|true|"|the) ?/);
    }
  });

  test.each([
    ["bucket", { required: true, default: undefined, kind: "a text in quotes" }],
    ["memory", { required: false, default: '"256MiB"', kind: 'such as "64MiB"' }],
    ["connections", { default: "4", kind: "a whole number from 1 to 64" }],
    ["sourceErrors", { default: '"fail"', kind: '"fail" or "warn"' }],
    ["recipients", { default: "[]" }],
    ["compression", { default: '"auto"', example: '"/usr/bin/zstd"' }],
    ["uploadLimit", { required: false, default: undefined }],
  ])("knows of %s what the schema says", (key, expected) => {
    expect(SETTINGS.find((setting) => setting.key === key)).toMatchObject(expected);
  });

  test("has defaults that change nothing where they are written out", () => {
    const lines = SETTINGS.flatMap(({ key, default: value }: DescribedSetting) =>
      value === undefined ? [] : [`${key} = ${value}`],
    );
    const least = 'bucket = "offsite"\npassphrase = "secret"\n';
    expect(parseSettings(least + lines.join("\n"), "a.toml")).toEqual(
      parseSettings(least, "a.toml"),
    );
  });
});
