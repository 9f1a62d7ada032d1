import {
  appendFile,
  mkdtemp,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttemptSettings, JournaledChunk } from "../../src/journal/journal-format.ts";
import { type Attempt, openAttempt } from "../../src/journal/open-attempt.ts";

let folder: string;
let file: string;
let said: string[];
let opened: Attempt[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
  file = join(folder, "gandalf.7.journal");
  said = [];
  opened = [];
});
afterEach(async () => {
  for (const { journal } of opened) await journal.close();
  await rm(folder, { recursive: true, force: true });
});

const settings: AttemptSettings = {
  tool: "archive-host 1.0.0",
  host: "gandalf",
  number: 7,
  share: "*",
  backup: { type: "full", started: "2026-11-20T01:00:00.000Z" },
  bucket: "offsite",
  endpoint: null,
  prefix: "",
  chunkSize: 1000,
  compression: { name: "gzip", suffix: ".gz" },
  encryption: { symmetric: true, recipients: [] },
};

function chunk(index: number): JournaledChunk {
  const entry = {
    key: `chunks/${index}`,
    tarOffset: (index - 1) * 1000,
    tarLength: 1000,
    storedLength: 1100,
    sha256: "b".repeat(64),
  };
  return { index, plainSha256: "a".repeat(64), entry };
}

async function open(changes: Partial<AttemptSettings> = {}): Promise<Attempt> {
  const attempt = await openAttempt(file, { ...settings, ...changes }, (line) => said.push(line));
  opened.push(attempt);
  return attempt;
}

/** An attempt that was interrupted after two chunks. */
async function interrupted(): Promise<string> {
  const { id, journal } = await open();
  for (const index of [1, 3]) await journal.stored(chunk(index));
  return id;
}

describe("openAttempt", () => {
  test("goes on with an interrupted attempt, and knows what it has stored", async () => {
    const id = await interrupted();
    const attempt = await open();
    expect(attempt.id).toBe(id);
    expect([...attempt.stored.values()]).toEqual([chunk(1), chunk(3)]);
    await attempt.journal.stored(chunk(2));
    expect((await open()).stored.size).toBe(3);
    expect(said).toEqual([]);
  });

  test("begins anew after an archive that was done", async () => {
    const { id, journal } = await open();
    await journal.done();
    expect((await open()).id).not.toBe(id);
    expect(said).toEqual([]);
  });

  test.each<[string, Partial<AttemptSettings>, string]>([
    ["the chunk size", { chunkSize: 2000 }, "the chunk size has changed"],
    [
      "the compression",
      { compression: { name: "none", suffix: "" } },
      "the compression has changed",
    ],
    ["the encryption", { encryption: null }, "the encryption has changed"],
    ["the bucket", { bucket: "other" }, "`bucket` has changed"],
    ["the endpoint", { endpoint: "https://s3.example.net" }, "`endpoint` has changed"],
    ["the prefix", { prefix: "site-a/" }, "`prefix` has changed"],
    ["the share", { share: "/etc" }, "another share is asked for"],
    ["the program", { tool: "archive-host 2.0.0" }, "another version wrote the journal"],
    ["the backup", { backup: null }, "BackupPC has another backup of that number now"],
  ])("begins anew, and says why, when %s is another one", async (_, changes, why) => {
    const id = await interrupted();
    const attempt = await open(changes);
    expect(attempt.id).not.toBe(id);
    expect(attempt.stored.size).toBe(0);
    expect(said).toEqual([`a new attempt: ${why}`]);
    expect((await open(changes)).id).toBe(attempt.id);
  });

  test.each<[string, () => Promise<void>, string]>([
    ["is cut in a line", async () => await truncate(file, (await stat(file)).size - 5), "damaged"],
    ["is cut in its first line", async () => await truncate(file, 20), "damaged"],
    ["is empty", async () => await truncate(file, 0), "damaged"],
    ["ends in zeros", async () => await appendFile(file, Buffer.alloc(100)), "damaged"],
    ["holds something else", async () => await writeFile(file, "hello\n"), "damaged"],
    [
      "has a line that is none of ours",
      async () => await appendFile(file, '{"index":1}\n'),
      "damaged",
    ],
    [
      "is of another format",
      async () =>
        await writeFile(file, (await readFile(file, "utf8")).replace('"format":1', '"format":2')),
      "another version wrote the journal",
    ],
  ])("begins anew, and says why, when the journal %s", async (_, damage, why) => {
    const id = await interrupted();
    await damage();
    const attempt = await open();
    expect(attempt.id).not.toBe(id);
    expect(attempt.stored.size).toBe(0);
    expect(said).toEqual([expect.stringMatching(new RegExp(`^a new attempt: .*${why}`))]);
  });

  test("begins anew, and says why, when gc may have deleted the chunks", async () => {
    const id = await interrupted();
    const aDayAgo = new Date(Date.now() - 23.1 * 3_600_000);
    await utimes(file, aDayAgo, aDayAgo);
    expect((await open()).id).not.toBe(id);
    expect(said).toEqual([expect.stringContaining("`gc` may have deleted its chunks")]);
  });

  test("lets nobody else read the journal: it holds digests of plaintext", async () => {
    await interrupted();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("says where the journal could not be written", async () => {
    file = join(folder, "missing", "journal");
    await expect(open()).rejects.toMatchObject({ code: "journal-failed" });
  });
});
