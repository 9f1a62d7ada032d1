import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectStore, UrlSigner } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, describe, expect, test } from "vitest";
import type { ScriptInvocation } from "../../src/script/command.ts";
import { script } from "../../src/script/script.ts";
import type { Site } from "../../src/site.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const ID = { host: "gandalf", number: 123, attempt: "20261122T031500Z-5f3a9c" };

const GANDALF = { host: "gandalf", number: undefined, attempt: undefined, filename: undefined };

const ASKED: ScriptInvocation = {
  target: GANDALF,
  config: undefined,
  expire: 86_400,
  incomplete: false,
  acceptUnverified: false,
  probe: false,
  members: [],
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

test("the script holds what signs the URL of each chunk, who signed the archive, and nothing is noted", async () => {
  await storeArchive(place(), ID);
  await script(ASKED, site(), output);
  expect(output.results).toHaveLength(1);
  expect(output.results[0]).toMatch(/^#!\/bin\/sh\n/);
  for (const index of [1, 2])
    expect(output.results[0]).toMatch(
      new RegExp(`\\.0000000${index} \\d [0-9a-f]{64} 0{64} \\d+$`, "m"),
    );
  expect(output.results[0]).toContain("SHA256SUMS");
  expect(output.results[0]).toContain(PLAIN_VAULT.uploader);
  expect(output.notes).toEqual([]);
});

test("URLs that expire before the time asked for are reported", async () => {
  await storeArchive(place(), ID);
  await script({ ...ASKED, expire: 700_000 }, site(604_800), output);
  expect(output.notes).toEqual([
    expect.stringMatching(/^the URLs work until .*, 6048\d\d seconds and not 700000/),
  ]);
});

test("--test tells which archive it would be, and signs nothing", async () => {
  await storeArchive(place(), ID);
  const target = { ...GANDALF, filename: "/none/x" };
  await script({ ...ASKED, test: true, target }, siteOf(store), output);
  expect(output.results).toEqual([
    expect.stringMatching(/^Would write a restore script for gandalf 123 of \d{4}-.*\.\n$/),
  ]);
});

test("a terminal gets no script, and nothing is signed for it", async () => {
  await storeArchive(place(), ID);
  const terminal = { ...output, isTerminal: true };
  await expect(script(ASKED, siteOf(store), terminal)).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("URLs that anyone can use"),
    hint: "Write it to a file: add -f FILE.",
  });
  expect(output.results).toEqual([]);
  await script({ ...ASKED, test: true }, siteOf(store), terminal);
  expect(output.results).toHaveLength(1);
});

test("--filename writes there, and the script's head names the file", async () => {
  await storeArchive(place(), ID);
  const folder = await mkdtemp(join(tmpdir(), "script-"));
  const filename = join(folder, "mine.sh");
  await script({ ...ASKED, target: { ...GANDALF, filename } }, site(), output);
  expect(output.results).toEqual([]);
  expect(await readFile(filename, "utf8")).toContain("sh mine.sh DIRECTORY");
  await rm(folder, { recursive: true });
});

describe("an archive is warned of", () => {
  test("when it is partial", async () => {
    await storeArchive(place(), ID, { sourceErrors: 3 });
    await script({ ...ASKED, target: { ...GANDALF, number: 123 } }, site(), output);
    expect(output.notes).toEqual([expect.stringContaining("is partial")]);
    expect(output.results).toHaveLength(1);
  });

  test("when it is incomplete", async () => {
    await storeArchive(place(), ID, { without: "marker" });
    await script({ ...ASKED, incomplete: true, acceptUnverified: true }, site(), output);
    expect(output.notes).toEqual([
      expect.stringContaining("is incomplete"),
      expect.stringMatching(/ is NOT VERIFIED: it is incomplete, so nobody has signed it$/),
    ]);
    expect(output.results).toHaveLength(1);
  });

  test("when its signature is not believed and that was accepted", async () => {
    const vault = { ...PLAIN_VAULT, sign: async () => Buffer.from("forged") };
    await storeArchive({ store, vault }, ID);
    await expect(script(ASKED, site(), output)).rejects.toMatchObject({ code: "unverified" });
    await script({ ...ASKED, acceptUnverified: true }, site(), output);
    expect(output.notes).toEqual([
      expect.stringMatching(/ is NOT VERIFIED: no known key has signed it$/),
    ]);
    expect(output.results[0]).not.toContain(PLAIN_VAULT.uploader);
  });
});

function place(): Parameters<typeof storeArchive>[0] {
  return { store, vault: PLAIN_VAULT };
}

/** @param longest seconds that this store's URLs live at most */
function site(longest = Number.POSITIVE_INFINITY): Site {
  const presignAll = async (expire: number): Promise<UrlSigner> => ({
    base: "https://s3.example.net/bucket/",
    query: `signed-for=${expire}`,
    expires: new Date(Date.now() + Math.min(expire, longest) * 1000),
    sign: (key) => ({ path: key, signature: "0".repeat(64) }),
  });
  const own = siteOf(store);
  return {
    ...own,
    open: async (id) => {
      const opened = await own.open(id);
      return { ...opened, presigner: { ...opened.presigner, presignAll } };
    },
  };
}
