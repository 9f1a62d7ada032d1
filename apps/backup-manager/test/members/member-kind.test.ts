import { expect, test } from "vitest";
import { memberKind, modeText } from "../../src/members/member-kind.ts";

test.each([
  ["0", 0o644, "-rw-r--r--", "file"],
  ["5", 0o1777, "drwxrwxrwt", "folder"],
  ["0", 0o4755, "-rwsr-xr-x", "file"],
  ["0", 0o6640, "-rwSr-S---", "file"],
  ["5", 0o1000, "d--------T", "folder"],
  ["2", 0o777, "lrwxrwxrwx", "symbolic link"],
  ["1", 0o600, "hrw-------", "hard link"],
  ["3", 0o620, "crw--w----", "character device"],
  ["4", 0o660, "brw-rw----", "block device"],
  ["6", 0o600, "prw-------", "fifo"],
  ["x", 0, "?---------", "other"],
])("type %s with mode %o is shown as %s", (type, mode, text, kind) => {
  expect(modeText(type, mode)).toBe(text);
  expect(memberKind(type)).toBe(kind);
});
