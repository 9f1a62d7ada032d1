import { expect, test } from "vitest";
import { decompressorsOf, parseSettings } from "../../src/index.ts";

test.each([
  ["", []],
  ['filters = ["/bin/lz4"]', ["/bin/lz4"]],
  ['compression = "/usr/bin/zstd"', ["/usr/bin/zstd"]],
  ['filters = ["/bin/lz4"]\ncompression = "/usr/bin/zstd"', ["/bin/lz4", "/usr/bin/zstd"]],
  ['compression = "gzip"', []],
])("Beside the usual programs, %j lets those decompress: %j", (lines, programs) => {
  const settings = parseSettings(`bucket = "b"\nencryption = "none"\n${lines}`, "c.toml");
  expect(decompressorsOf(settings)).toEqual(programs);
});
