import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { parseCommandLine } from "../../src/command-line/parse.ts";
import { ManagerError } from "../../src/manager-error.ts";

const LINES = [
  ["list", "--overdue", "3", "--json"],
  ["-H", "web", "-b", "7", "show", "--attempt", "20261122T031500Z-5f3a9c"],
  ["delete", "-a", "30.5", "-k", "2", "--keep-monthly=12", "--time-zone", "Europe/Berlin", "-s"],
  ["--expire=604800", "--host=gandalf", "--filename=/srv/restore.sh", "script"],
  ["script", "--all", "--directory", "/srv", "-u"],
  ["verify", "--data", "10%", "-q"],
  ["drill", "-H", "a", "--largest", "1GB"],
  ["rekey", "all", "--new-passphrase-file", "/p"],
  ["policy", "uploader"],
  ["delete", "--help"],
];

test("backup-manager's arguments: whatever they are, what to do or a usage error", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: LINES.map((args) => args.join("\0")),
    parse: async (bytes) => await parseCommandLine(Buffer.from(bytes).toString().split("\0")),
    refusals: [ManagerError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "backup-manager's arguments", ...tally } });
});
