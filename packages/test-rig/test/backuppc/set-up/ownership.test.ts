import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  claim,
  ensureOurs,
  ourMark,
  releaseClaim,
} from "../../../src/backuppc/set-up/ownership.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ownership-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const debians = "$Conf{ServerHost} = 'backup';\n";

test("A machine without BackupPC may be taken.", async () => {
  await expect(ensureOurs(folder)).resolves.toBeUndefined();
});

test("Somebody else's BackupPC is left alone.", async () => {
  await writeFile(join(folder, "config.pl"), debians);
  await expect(ensureOurs(folder)).rejects.toMatchObject({
    code: "not-ours",
    hint: "Run the tests on a machine without BackupPC, such as a container.",
  });
});

test("A BackupPC whose installation was claimed is ours, until it bears the mark.", async () => {
  await claim(folder);
  await writeFile(join(folder, "config.pl"), debians);
  await ensureOurs(folder);
  await writeFile(join(folder, "config.pl"), `${debians}${ourMark}\n`);
  await releaseClaim(folder);
  await ensureOurs(folder);
  // Ours was purged and somebody installed it anew.
  await writeFile(join(folder, "config.pl"), debians);
  await expect(ensureOurs(folder)).rejects.toMatchObject({ code: "not-ours" });
});
