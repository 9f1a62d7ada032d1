import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBackupPcHosts } from "../../src/backuppc/read-hosts.ts";
import { fakeBackupPc } from "../start/fake-backuppc.ts";

test("What the configuration prints itself is no host and no folder", async () => {
  const { folder, topFolder } = await fakeBackupPc({ hosts: [["gandalf", "tar", 1]] });
  const library = join(folder, "lib/BackupPC/Lib.pm");
  const loud = 'print("loading\\n"); END { print("done\\n") }\n';
  await writeFile(library, `${loud}${await readFile(library, "utf8")}`);
  const { hosts, topFolder: read } = await readBackupPcHosts(folder);
  expect(read).toBe(topFolder);
  expect(hosts.map(({ name }) => name)).toEqual(["gandalf"]);
});
