import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, onTestFinished, test } from "vitest";
import { report } from "../../src/report/report.ts";
import { reportJsonSchema } from "../../src/report/report-json.ts";
import { recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const ASKED = { html: undefined, age: 30, keep: 1, overdue: 8, quiet: false, test: false };

test("A host that was never archived has a row, as one whose archives vanished", async () => {
  const folder = await mkdtemp(join(tmpdir(), "report-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  const config = join(folder, "config.toml");
  await writeFile(config, 'bucket = "b"\nregion = "r"\npassphraseFile = "/none"\n', {
    mode: 0o600,
  });
  const store = createMemoryStore();
  const site = {
    ...siteOf(store),
    hostsToArchive: async () => ["gandalf", "sam"],
    vanishedHosts: async () => ["void"],
  };
  const id = { host: "gandalf", number: 1, attempt: attemptOf(1) };
  await storeArchive({ store, vault: PLAIN_VAULT }, id);
  const output = recordingOutput();
  const asked = { ...ASKED, config, json: true, list: false };
  expect(await report(asked, site, output, {})).toBe("done");
  const { hosts, troubles } = reportJsonSchema.parse(JSON.parse(output.results.join("")));
  expect(troubles.map(({ kind, host }) => [kind, host])).toEqual([
    ["vanished", "void"],
    ["never", "sam"],
  ]);
  expect(hosts.map(({ host, newestGood }) => [host, newestGood !== null])).toEqual([
    ["gandalf", true],
    ["sam", false],
    ["void", false],
  ]);
});
