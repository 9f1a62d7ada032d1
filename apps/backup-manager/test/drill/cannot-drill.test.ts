import { describe, expect, test } from "vitest";
import { faultOfCall, hasNoPlace, noPlace } from "../../src/drill/cannot-drill.ts";
import { ManagerError } from "../../src/manager-error.ts";
import { ProgramFailure } from "../../src/program/through-program.ts";

describe("A full disk of this machine", () => {
  test.each([
    [
      "/tmp/x has 774.1 kB free, but 36.1 MB are needed for temporary files (set TMPDIR to another place).",
      "/tmp/x has 774.1 kB free, but 36.1 MB are needed",
    ],
    [
      "/mnt/x has 4.1 MB free, but 26.3 MB are needed for the files. To restore some members only, add --ignore-space.",
      "/mnt/x has 4.1 MB free, but 26.3 MB are needed",
    ],
    [
      "tar failed, and what was restored is not whole: tar: a: Cannot write: No space left on device (Make room. The next run, with --force, starts again.)",
      "tar failed, and what was restored is not whole: tar: a: Cannot write: No space left on device",
    ],
    [
      "Nothing more can be written to /tmp/x, whose disk is full: set TMPDIR to a directory with more space. The next run starts again.",
      "Nothing more can be written to /tmp/x, whose disk is full",
    ],
    ["You may not write to /mnt/x.", "You may not write to /mnt/x."],
    [
      "a.gpg: it cannot be written to /tmp/x, whose disk may be full.",
      "a.gpg: it cannot be written to /tmp/x, whose disk may be full.",
    ],
  ])("is known by what the script says, without the script's own options: %s", (said, why) => {
    expect(hasNoPlace(said)).toBe(true);
    expect(noPlace(said)).toMatchObject({
      code: "cannot-drill",
      message: `there is no place to restore into: ${why}`,
    });
  });

  test("is known by what gpg says", () => {
    const said = "gpg: gpg: keyblock resource '/tmp/x/pubring.kbx': No space left on device";
    expect(faultOfCall(new ProgramFailure(said))).toMatchObject({ code: "cannot-drill" });
  });
});

describe("Of the archive, or of what restores it, is", () => {
  test.each([
    new ProgramFailure("gpg: gpg: decryption failed: Bad session key"),
    new ManagerError("cannot-decrypt", "the passphrase does not open its data key", ""),
    new ManagerError("unverified", "gandalf 1 is not verified", ""),
    new Error("anything else"),
  ])("%s", (error) => {
    expect(faultOfCall(error)).toBeUndefined();
  });

  test("a script that lacks a program, or finds damage", () => {
    expect(hasNoPlace("tar was not found: it is needed, to unpack.")).toBe(false);
    expect(hasNoPlace("a.gpg: the store returns other bytes than were archived")).toBe(false);
  });
});
