import { expect, test } from "vitest";
import { formatBytes } from "../src/format-bytes.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [12.4, "12 B"],
  [1000, "1.0 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [67_108_864, "67.1 MB"],
  [8_053_063_680, "8.1 GB"],
  [5e18, "5000.0 PB"],
])("%i bytes are %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words));
