import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX, type MatrixBench, setUpMatrix } from "./matrix.ts";

let matrix: MatrixBench;

beforeAll(async () => {
  matrix = await setUpMatrix();
});
afterAll(async () => {
  await matrix.tearDown();
});

describe.each(MATRIX.shell)("Under %s", (shell) => {
  describe.each(MATRIX.downloader)("with %s", (downloader) => {
    test.each(MATRIX.tar)("%s restores every compression and encryption", async (tar) => {
      expect.hasAssertions();
      for (const compression of MATRIX.compression) {
        for (const encryption of MATRIX.encryption) {
          await matrix.restores({ shell, downloader, tar, compression, encryption });
        }
      }
    });
  });
});
