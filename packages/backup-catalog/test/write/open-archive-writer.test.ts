import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import {
  type Commit,
  holdOfRun,
  LONGEST_RUN_MS,
  openArchiveWriter,
  openCatalog,
} from "../../src/index.ts";
import { type Fate, recordingStore } from "../recording-store.ts";
import { chunkOf, ID, prepareArchive, SIGNER, storeArchive, TRUST } from "../stored-archive.ts";
import { memory } from "../memory.ts";

const FOLDER = `archives/web.example.com/7/${ID.attempt}/`;
const CHUNKS = `chunks/web.example.com/${ID.attempt}/${ID.attempt}`;
const START = new Date("2026-11-22T03:15:00Z");

test("writes with nothing but puts, the marker last, and overwrites nothing", async () => {
  const store = recordingStore(memory());
  await storeArchive(store, { chunks: 1 });
  expect(store.calls).toEqual([
    `put-once ${FOLDER}started.json`,
    `put ${CHUNKS}.00000001.gz.gpg`,
    `put-once ${FOLDER}KEY.1.gpg`,
    `put-once ${FOLDER}members.0001.gz.gpg`,
    `put-once ${FOLDER}manifest.json`,
    `put-once ${FOLDER}SHA256SUMS.gpg`,
    `put-once ${FOLDER}archive.json`,
    `put-once ${FOLDER}complete.1.69.1.69.sig`,
  ]);
});

test("the head counts what the manifest names, and holds it for 23 days from the start", async () => {
  const store = memory();
  const earlier = { ...ID, number: 6, attempt: "20261121T031500Z-000001" };
  const { chunks } = await storeArchive(store, { id: earlier, chunks: 9 });
  const [first, , third, fourth] = chunks;
  if (!first || !third || !fourth) throw new Error("The earlier archive has too few chunks.");
  const reused = [fourth, first, first, third];
  await storeArchive(store, { chunks: 2, reused });
  const { head, trust } = await openCatalog(store).openArchive(ID, TRUST);
  expect(trust).toEqual({ state: "verified", signer: SIGNER });
  expect(head).toMatchObject({
    chunks: 6,
    tarBytes: 6000,
    storedBytes: 5 * 69,
    newChunks: 2,
    newBytes: 2 * 69,
    keeps: { [earlier.attempt]: "1,3-4", [ID.attempt]: "1-2" },
    holdUntil: "2026-12-15T03:15:00.000Z",
    status: "complete",
  });
});

test("an archive whose source had errors is partial", async () => {
  const store = memory();
  await storeArchive(store, { sourceErrors: 2 });
  expect(await openCatalog(store).list()).toMatchObject([{ status: "partial", chunks: 3 }]);
});

test("the caller is asked right before the head, and told right after it", async () => {
  const store = recordingStore(memory());
  const writer = openArchiveWriter(store);
  const commit = await prepareArchive(store, writer);
  store.calls.length = 0;
  await writer.commit({
    ...commit,
    beforeHead: () => void store.calls.push("before head"),
    onHeadStored: ({ holdUntil }) => void store.calls.push(`holds until ${holdUntil}`),
  });
  expect(store.calls.map((call) => call.split("/").at(-1))).toEqual([
    "manifest.json",
    "SHA256SUMS.gpg",
    "before head",
    "archive.json",
    "holds until 2026-12-15T03:15:00.000Z",
    "complete.3.207.3.207.sig",
  ]);
});

describe("a commit that is tried again", () => {
  const records = ["manifest.json", "SHA256SUMS.gpg", "archive.json", ".sig"];

  test.each(records)("completes the archive after the answer for %s was lost", async (name) => {
    const store = recordingStore(memory(), firstTime(name, "lost"));
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    await expect(writer.commit(commit)).rejects.toThrow("lost");
    await writer.commit(commit);
    expect(await state(store)).toBe("verified");
  });

  test.each(records)("leaves the archive incomplete while %s can't be put", async (name) => {
    const store = recordingStore(memory(), firstTime(name, "failed"));
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    await expect(writer.commit(commit)).rejects.toThrow("failed");
    expect(await openCatalog(store).list()).toMatchObject([{ status: "incomplete" }]);
    await writer.commit(commit);
    expect(await state(store)).toBe("verified");
  });

  test("signs the head once, since a second signature has other bytes", async () => {
    const store = recordingStore(memory(), firstTime(".sig", "lost"));
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    let signatures = 0;
    const sign: Commit["sign"] = async (head) => {
      signatures++;
      return await commit.sign(head);
    };
    await expect(writer.commit({ ...commit, sign })).rejects.toThrow("lost");
    await writer.commit({ ...commit, sign });
    expect(signatures).toBe(1);
  });

  test("is refused with another content, which may not be the stored one", async () => {
    const store = recordingStore(memory(), firstTime("archive.json", "lost"));
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    await expect(writer.commit(commit)).rejects.toThrow("lost");
    const other = { ...commit, head: { ...commit.head, finished: "2026-11-22T04:00:00.000Z" } };
    await expect(writer.commit(other)).rejects.toMatchObject({ code: "invalid-archive" });
    expect(await openCatalog(store).list()).toMatchObject([{ status: "incomplete" }]);
  });
});

describe("what another run has stored", () => {
  test("is never overwritten", async () => {
    const store = memory();
    await storeArchive(store);
    const key = openArchiveWriter(store).putKey(ID, 1, Buffer.from("another data key"));
    await expect(key).rejects.toMatchObject({ name: "CatalogError", code: "attempt-taken" });
    expect(Buffer.from((await openCatalog(store).readKey(ID))?.message ?? "").toString()).toBe(
      "data key",
    );
  });

  test("may get a further data key", async () => {
    const store = memory();
    await storeArchive(store);
    await openArchiveWriter(store).putKey(ID, 2, Buffer.from("another passphrase's"));
    expect(await openCatalog(store).readKey(ID)).toMatchObject({ serial: 2 });
  });
});

describe("a run that took too long", () => {
  test("puts no head", async () => {
    let now = START;
    const store = createMemoryStore(new Map(), { now: () => now });
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    now = new Date(START.getTime() + LONGEST_RUN_MS + 1);
    await expect(writer.commit(commit)).rejects.toMatchObject({ code: "too-late" });
    await expect(openCatalog(store).readHead(ID)).rejects.toMatchObject({ code: "not-found" });
  });

  test("puts no marker after its hold has run out", async () => {
    let now = START;
    const store = createMemoryStore(new Map(), { now: () => now });
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    const onHeadStored = (): void => {
      now = new Date(holdOfRun(START).getTime() + 1);
    };
    await expect(writer.commit({ ...commit, onHeadStored })).rejects.toMatchObject({
      code: "too-late",
    });
    expect(await openCatalog(store).list()).toMatchObject([{ status: "incomplete" }]);
  });
});

describe("stores nothing of", () => {
  test.each([
    ["a malformed attempt id", { attempt: "../../x" }],
    ["a host that can't be restored", { host: ".foo" }],
    ["a host with a name that is too long", { host: "x".repeat(240) }],
    ["a number that is none", { number: 1.5 }],
  ])("an attempt with %s", async (_, wrong) => {
    const store = recordingStore(memory());
    const started = { ...ID, ...wrong, started: START.toISOString(), tool: "x", uploader: "a" };
    const begin = openArchiveWriter(store).begin({ ...started, format: 1 });
    await expect(begin).rejects.toMatchObject({ code: "invalid-archive" });
    expect(store.calls).toEqual([]);
  });

  test.each<[string, (commit: Commit) => Commit]>([
    ["two attempts", (commit) => ({ ...commit, manifest: { ...commit.manifest, number: 8 } })],
    [
      "a gap in the tar",
      (commit) => withChunks(commit, [chunkOf(ID, 1), { ...chunkOf(ID, 2), tarOffset: 1001 }]),
    ],
    [
      "a tar that is longer than its chunks",
      (commit) => ({ ...commit, manifest: { ...commit.manifest, tarBytes: 3001 } }),
    ],
    [
      "one chunk with two digests",
      (commit) =>
        withChunks(commit, [
          chunkOf(ID, 1),
          { ...chunkOf(ID, 1), tarOffset: 1000, sha256: "0".repeat(64) },
        ]),
    ],
    [
      "two chunks with one number",
      (commit) =>
        withChunks(commit, [
          chunkOf(ID, 1),
          { ...chunkOf(ID, 1), tarOffset: 1000, name: chunkOf(ID, 1).name.replace(".gz", "") },
        ]),
    ],
    ["members that were not put", (commit) => ({ ...commit, memberDigests: ["0".repeat(64)] })],
    ["no chunk at all", (commit) => withChunks(commit, [])],
  ])("a commit of %s", async (_, spoil) => {
    const store = recordingStore(memory());
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer);
    store.calls.length = 0;
    await expect(writer.commit(spoil(commit))).rejects.toMatchObject({ code: "invalid-archive" });
    expect(store.calls).toEqual([]);
  });

  test("a commit whose data key was not put", async () => {
    const store = recordingStore(memory());
    const writer = openArchiveWriter(store);
    const commit = await prepareArchive(store, writer, { encrypted: false });
    const encryption = { passphrase: true, recipients: [], subkeys: [] };
    const encrypted = writer.commit({ ...commit, head: { ...commit.head, encryption } });
    await expect(encrypted).rejects.toThrow("the data key was not put");
  });
});

test("an attempt may be begun again", async () => {
  const store = memory();
  const writer = openArchiveWriter(store);
  await prepareArchive(store, writer);
  await prepareArchive(store, writer);
  expect(await openCatalog(store).list()).toMatchObject([{ id: ID, status: "incomplete" }]);
});

test("a canary is stored once, and a second time only in another bucket", async () => {
  const store = recordingStore(memory());
  const writer = openArchiveWriter(store);
  const canary = { id: "e1", number: 0, kind: "claim" } as const;
  expect(await writer.canary("server-1", "web", canary)).toBe("stored");
  expect(await writer.canary("server-1", "web", canary)).toBe("exists");
  expect(await writer.canary("server-1", "web", { id: "e1", number: 0, kind: "witness" })).toBe(
    "stored",
  );
  expect(await writer.putUploaderKey("server-1", "-----BEGIN")).toBe("stored");
  expect(store.calls.map((call) => call.replace("put-once uploaders/", ""))).toEqual([
    "server-1/web/canary.e1.0.claim",
    "server-1/web/canary.e1.0.claim",
    "server-1/web/canary.e1.0.witness",
    "server-1/signing-key.public.asc",
  ]);
  await expect(writer.canary("../x", "web", canary)).rejects.toMatchObject({
    code: "invalid-archive",
  });
});

/** By the time of the attempts of these tests. */
function withChunks(commit: Commit, chunks: Commit["manifest"]["chunks"]): Commit {
  const tarBytes = chunks.length * 1000;
  return { ...commit, manifest: { ...commit.manifest, tarBytes, chunks } };
}

async function state(store: ObjectStore): Promise<string> {
  return (await openCatalog(store).openArchive(ID, TRUST)).trust.state;
}

function firstTime(name: string, fate: Fate): (key: string) => Fate {
  let done = false;
  return (key) => {
    if (done || !key.endsWith(name)) return "stored";
    done = true;
    return fate;
  };
}
