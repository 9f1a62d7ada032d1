import { SettingsError } from "@backuppc-archive-s3/settings";
import { expect, test } from "vitest";
import { errorLine } from "../../src/text/error-line.ts";

test.each([
  ["it broke", "it broke. Fix it."],
  ["It broke.", "It broke. Fix it."],
  ['no key "buket"; did you mean "bucket"?', 'no key "buket"; did you mean "bucket"? Fix it.'],
  ["one.\ntwo", "one. two. Fix it."],
])(
  "An error that says %j is one line, with one mark at the end of each sentence",
  (message, line) => {
    expect(errorLine(new SettingsError("invalid", message, "Fix it."))).toBe(line);
  },
);
