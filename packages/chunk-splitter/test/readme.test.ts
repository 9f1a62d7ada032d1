import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { chooseMean, cutTar } from "../src/index.ts";
import { END, member } from "./build-tar.ts";
import { inPieces } from "./in-pieces.ts";

test("The README's example does what it says", async () => {
  const lines: string[] = [];
  const tar = Buffer.concat([member({ path: "a" }, "abc"), member({ path: "b" }), END]);
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    randomBytes: () => new Uint8Array(32),
    chooseMean,
    cutTar,
    source: inPieces(tar),
    lines,
  });
  expect(lines).toEqual(["a: 3 bytes, at 0", "b: 0 bytes, at 1024", "chunk at 0: 2560 bytes"]);
});
