import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import type { NightlyInvocation } from "../../src/nightly/command.ts";
import { nightly } from "../../src/nightly/nightly.ts";
import type { Site } from "../../src/site.ts";
import { recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";

const ASKED: NightlyInvocation = {
  directory: "/nonexistent",
  age: 30,
  keep: 1,
  overdue: 8,
  expire: 3600,
  drill: 0,
  config: undefined,
  test: false,
  list: false,
  json: false,
  quiet: true,
};

test("A step that fails keeps neither the others from their work, nor the mail from being printed", async () => {
  const output = recordingOutput();
  // Nothing can be kept in this site's stateDirectory, so nothing can be drilled.
  const context = { site: siteOf(createMemoryStore()), output, environment: {} };
  await expect(nightly({ ...ASKED, drill: 1 }, context)).rejects.toMatchObject({
    code: "cannot-drill",
  });
  expect(output.results).toEqual([expect.stringMatching(/there is no archive at all/)]);
  expect(output.notes).toEqual([]);
});

test("Of several steps that fail the first is thrown, and a line says why the others did", async () => {
  const output = recordingOutput();
  const vanishedHosts: Site["vanishedHosts"] = async () =>
    await Promise.reject(new Error("no index"));
  const site = { ...siteOf(createMemoryStore()), vanishedHosts };
  await expect(nightly({ ...ASKED, drill: 1 }, { site, output, environment: {} })).rejects.toThrow(
    "no index",
  );
  expect(output.notes.at(-1)).toMatch(/^the result of a drill cannot be kept in \/nonexistent: /);
});
