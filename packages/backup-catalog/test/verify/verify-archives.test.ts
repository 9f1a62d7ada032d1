import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import {
  type ArchiveId,
  type Finding,
  openCatalog,
  type Trust,
  type VerifyReport,
} from "../../src/index.ts";
import { recordingStore } from "../recording-store.ts";
import { chunkOf, ID, signed, storeArchive, TRUST } from "../stored-archive.ts";
import { put } from "../memory.ts";

const FOLDER = `archives/web.example.com/7/${ID.attempt}`;
const MARKER = `${FOLDER}/complete.3.207.3.207.sig`;
const LATER: ArchiveId = { ...ID, number: 8, attempt: "20261123T031500Z-000001" };

test("whole archives have no findings, by one list of the chunks of their host and without reading one", async () => {
  const store = recordingStore(memory());
  await storeTwo(store);
  store.calls.length = 0;
  const report = await verify(store);
  expect(report.archives.map(({ findings }) => findings)).toEqual([[], []]);
  expect(report.damaged).toEqual([]);
  const chunkLists = store.calls.filter((call) => call === "list chunks/web.example.com/");
  expect(chunkLists).toHaveLength(1);
  expect(store.calls.filter((call) => call.startsWith("get chunks"))).toEqual([]);
});

test("a lost chunk hits every archive that names it, and is named once", async () => {
  const store = memory();
  await storeTwo(store);
  const lost = chunkOf(ID, 1).name;
  const short = chunkOf(LATER, 1).name;
  await store.delete([`chunks/web.example.com/${lost}`]);
  await put(store, `chunks/web.example.com/${short}`, "chunk");
  const { archives, damaged } = await verify(store);
  const missing = { kind: "missing", key: `chunks/web.example.com/${lost}` };
  const wrong = {
    kind: "wrong-length",
    key: `chunks/web.example.com/${short}`,
    expected: 69,
    found: 5,
  };
  expect(archives.map(({ findings }) => findings)).toEqual([[missing], [missing, wrong]]);
  expect(damaged).toEqual([
    { host: ID.host, name: lost, kind: "missing", archives: [ID, LATER] },
    { host: ID.host, name: short, kind: "wrong-length", archives: [LATER] },
  ]);
});

describe("records are findings", () => {
  const other = "f".repeat(10);
  test.each<[string, (store: ObjectStore) => Promise<unknown>, readonly unknown[]]>([
    ["no marker", async (store) => await store.delete([MARKER]), [{ kind: "no-marker" }]],
    [
      "a marker that nobody signed",
      async (store) => await put(store, MARKER, other),
      [{ kind: "not-verified", reason: "bad-signature" }],
    ],
    [
      "a second marker",
      async (store) => await put(store, `${FOLDER}/partial.3.207.3.207.sig`, other),
      [{ kind: "bad-signature", reason: "The archive has two markers." }],
    ],
    [
      "no sums",
      async (store) => await store.delete([`${FOLDER}/SHA256SUMS.gpg`]),
      [{ kind: "no-sums", key: `${FOLDER}/SHA256SUMS.gpg` }],
    ],
    [
      "no data key",
      async (store) => await store.delete([`${FOLDER}/KEY.1.gpg`]),
      [{ kind: "no-key", key: `${FOLDER}/KEY.1.gpg` }],
    ],
    [
      "no members",
      async (store) => await store.delete([`${FOLDER}/members.0001.gz.gpg`]),
      [{ kind: "missing-members", key: `${FOLDER}/members.0001.gz.gpg` }],
    ],
    [
      "members and sums that the head does not name",
      async (store) => {
        await put(store, `${FOLDER}/members.0002.gz.gpg`, other);
        await put(store, `${FOLDER}/SHA256SUMS`, other);
      },
      [
        { kind: "extra", key: `${FOLDER}/SHA256SUMS` },
        { kind: "extra", key: `${FOLDER}/members.0002.gz.gpg` },
      ],
    ],
    [
      "another manifest",
      async (store) => await put(store, `${FOLDER}/manifest.json`, other),
      [{ kind: "bad-manifest", reason: expect.stringContaining("has another SHA-256") }],
    ],
    [
      "no manifest",
      async (store) => await store.delete([`${FOLDER}/manifest.json`]),
      [{ kind: "bad-manifest", reason: expect.stringContaining("is not in the store") }],
    ],
    [
      "a head that is no JSON",
      async (store) => await put(store, `${FOLDER}/archive.json`, other),
      [{ kind: "bad-head", reason: expect.stringContaining("is not JSON") }],
    ],
    [
      "no head",
      async (store) => await store.delete([`${FOLDER}/archive.json`]),
      [{ kind: "bad-head", reason: expect.stringContaining("is not in the store") }],
    ],
    [
      "neither head nor marker",
      async (store) => await store.delete([`${FOLDER}/archive.json`, MARKER]),
      [{ kind: "no-marker" }, { kind: "bad-head", reason: expect.any(String) }],
    ],
  ])("%s", async (_, spoil, findings) => {
    const store = memory();
    await storeArchive(store);
    await spoil(store);
    const { archives } = await verify(store);
    expect(archives.map((check) => check.findings)).toEqual([findings]);
  });
});

test("a head that contradicts the configuration is a finding, signed or not", async () => {
  const store = memory();
  await storeArchive(store, { encrypted: false });
  const { archives } = await verify(store, { ...TRUST, allowPlaintext: false });
  expect(archives[0]?.findings).toEqual([
    { kind: "refused", reason: expect.stringContaining("without encryption") },
  ]);
});

test("without a trusted key nothing is verified, and the rest is checked", async () => {
  const store = memory();
  await storeArchive(store);
  const { archives } = await verify(store, { allowPlaintext: true, filters: [] });
  expect(archives[0]?.findings).toEqual([{ kind: "not-verified", reason: "no-signers" }]);
});

test("a forged archive is not verified, whatever it holds: another key's, another archive's head", async () => {
  const store = memory();
  await storeArchive(store, { sign: (bytes) => signed(Buffer.from(`other ${String(bytes)}`)) });
  const replay = { ...LATER, attempt: "20261130T031500Z-000001" };
  for await (const { key } of store.list(`${FOLDER}/`))
    await put(
      store,
      key.replace(FOLDER, `archives/web.example.com/8/${replay.attempt}`),
      await textAt(store, key),
    );
  const { archives } = await verify(store);
  const kinds = (findings: readonly Finding[]): string[] => findings.map(({ kind }) => kind);
  expect(archives.map(({ findings }) => kinds(findings))).toEqual([["not-verified"], ["bad-head"]]);
});

test("manifests are handed on as they are read, each once", async () => {
  const store = memory();
  await storeTwo(store);
  const catalog = openCatalog(store);
  const seen: string[] = [];
  await catalog.verify(await catalog.list(), TRUST, {
    onManifest: ({ trust }, { number, chunks }) =>
      void seen.push(`${number}: ${chunks.length} chunks, ${trust.state}`),
    onArchive: ({ archive }) => void seen.push(`${archive.id.number} checked`),
  });
  expect(seen).toEqual([
    "7: 3 chunks, verified",
    "7 checked",
    "8: 3 chunks, verified",
    "8 checked",
  ]);
});

test("a store that fails is an error, not a finding", async () => {
  const store = memory();
  await storeArchive(store);
  const get = async (): Promise<never> => {
    throw new Error("the line is cut");
  };
  await expect(verify({ ...store, get })).rejects.toThrow("the line is cut");
});

/** The second one names a chunk of the first twice. */
async function storeTwo(store: ObjectStore): Promise<void> {
  const { chunks } = await storeArchive(store);
  const reused = [...chunks.slice(0, 1), ...chunks.slice(0, 1)];
  await storeArchive(store, { id: LATER, reused, chunks: 1 });
}

async function verify(store: ObjectStore, trust: Trust = TRUST): Promise<VerifyReport> {
  const catalog = openCatalog(store);
  return await catalog.verify(await catalog.list(), trust);
}

function memory(): ObjectStore {
  return createMemoryStore(new Map(), { now: () => new Date("2026-11-23T05:00:00Z") });
}

async function textAt(store: ObjectStore, key: string): Promise<string> {
  let text = "";
  for await (const bytes of await store.get(key)) text += Buffer.from(bytes).toString("latin1");
  return text;
}
