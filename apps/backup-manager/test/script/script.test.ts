import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, describe, expect, test } from "vitest";
import type { ScriptInvocation } from "../../src/command-line/invocation.ts";
import { script } from "../../src/script/script.ts";
import type { Site } from "../../src/site.ts";
import { archiveOfTwo } from "../archive-of-two.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";

const ID = { host: "gandalf", number: 123, attempt: "20261122T031500Z-5f3a9c" };

const GANDALF = { host: "gandalf", number: undefined, attempt: undefined, filename: undefined };

const ASKED: ScriptInvocation = {
  command: "script",
  target: GANDALF,
  config: undefined,
  expire: 86_400,
  unfinalized: false,
  probe: false,
  test: false,
  list: false,
  json: false,
  quiet: false,
};

let store: ObjectStore;
let output: RecordingOutput;

beforeEach(() => {
  store = createMemoryStore();
  output = recordingOutput();
});

test("the script holds a URL and the digest of each chunk, and nothing is noted", async () => {
  await archiveOfTwo(store, openCatalog(store), ID);
  await script(ASKED, site(), output);
  expect(output.results).toHaveLength(1);
  expect(output.results[0]).toMatch(/^#!\/bin\/sh\n/);
  for (const name of ["gandalf.123.tar.00000001", "gandalf.123.tar.00000002", "SHA256SUMS.gpg"])
    expect(output.results[0]).toContain(`${name}?signed-for=86400`);
  expect(output.notes).toEqual([]);
});

test("URLs that die before the time asked for are told", async () => {
  await archiveOfTwo(store, openCatalog(store), ID);
  await script({ ...ASKED, expire: 700_000 }, site(604_800), output);
  expect(output.notes).toEqual([
    expect.stringMatching(/^the URLs work until .*, 6048\d\d seconds and not 700000/),
  ]);
});

test("--test tells which archive it would be and reads nothing of it", async () => {
  await archiveOfTwo(store, openCatalog(store), ID);
  const presign = () => Promise.reject(new Error("signed"));
  await script(
    { ...ASKED, test: true, target: { ...GANDALF, filename: "/none/x" } },
    { ...site(), presign },
    output,
  );
  expect(output.results).toEqual([
    expect.stringMatching(/^Would write a restore script for gandalf 123 of \d{4}-.*\.\n$/),
  ]);
});

test("--filename writes there, and the script's head names the file", async () => {
  await archiveOfTwo(store, openCatalog(store), ID);
  const folder = await mkdtemp(join(tmpdir(), "script-"));
  const filename = join(folder, "mine.sh");
  await script({ ...ASKED, target: { ...GANDALF, filename } }, site(), output);
  expect(output.results).toEqual([]);
  expect(await readFile(filename, "utf8")).toContain("sh mine.sh DIRECTORY");
  await rm(folder, { recursive: true });
});

describe("an archive that is not complete", () => {
  test("is warned of when partial", async () => {
    await archiveOfTwo(store, openCatalog(store), ID, { sourceErrors: 3 });
    await script({ ...ASKED, target: { ...GANDALF, number: 123 } }, site(), output);
    expect(output.notes).toEqual([expect.stringContaining("is partial")]);
    expect(output.results).toHaveLength(1);
  });

  test("is warned of when unfinalized", async () => {
    await archiveOfTwo(store, openCatalog(store), ID);
    await store.delete([`archives/gandalf/123/${ID.attempt}/complete.2.11.json`]);
    await script({ ...ASKED, unfinalized: true }, site(), output);
    expect(output.notes).toEqual([expect.stringContaining("is unfinalized")]);
    expect(output.results).toHaveLength(1);
  });
});

/** @param longest seconds that this store's URLs live at most */
function site(longest = Number.POSITIVE_INFINITY): Site {
  return {
    name: "s3://bucket/",
    catalog: openCatalog(store),
    store,
    predecessorOf: () => undefined,
    passphrase: async () => undefined,
    presign: async (key, expire) => ({
      url: `https://s3.example.net/bucket/${key}?signed-for=${expire}`,
      expires: new Date(Date.now() + Math.min(expire, longest) * 1000),
    }),
  };
}
