import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { ArchiveError } from "../src/archive-error.ts";
import { parseArguments } from "../src/arguments.ts";

const TAR_CREATE = "/usr/share/backuppc/bin/BackupPC_tarCreate";
const ARGUMENTS = [
  [TAR_CREATE, "/usr/bin/split", "", "gandalf", "1", "/bin/cat", "", "0000000", "/tmp/x", "0", "*"],
  [TAR_CREATE, "", "", "web 1", "12", "/bin/gzip", ".gz", "500000000", "/srv", "5", "*"],
];

test("archive-host's arguments: whatever they are, a request or a usage error of one line", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: ARGUMENTS.map((args) => args.join("\0")),
    parse: (bytes) => {
      const request = parseArguments(Buffer.from(bytes).toString().split("\0"));
      expect(request.host).not.toMatch(/^[-.]/);
      expect(Number.isSafeInteger(request.number)).toBe(true);
      return request;
    },
    refusals: [ArchiveError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "archive-host's arguments", ...tally } });
});
