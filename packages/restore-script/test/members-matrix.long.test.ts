import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MEMBERS_MATRIX, type MembersMatrix, setUpMembersMatrix } from "./members-matrix.ts";

let matrix: MembersMatrix;

beforeAll(async () => {
  matrix = await setUpMembersMatrix();
});
afterAll(async () => {
  await matrix.tearDown();
});

describe.each(MEMBERS_MATRIX.shell)("Under %s", (shell) => {
  describe.each(MEMBERS_MATRIX.downloader)("with %s", (downloader) => {
    test.each(MEMBERS_MATRIX.tar)(
      "%s restores members with odd names, whatever awk there is",
      async (tar) => {
        expect.hasAssertions();
        for (const awk of MEMBERS_MATRIX.awk)
          await matrix.restores({ shell, downloader, tar, awk });
      },
    );
  });
});
