import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { describe, expect, test } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { recordingStore } from "../recording-store.ts";
import { ID, keysOf, storeArchive } from "../stored-archive.ts";
import { memory } from "../memory.ts";

const FOLDER = `archives/web.example.com/7/${ID.attempt}`;

test("an archive is told by its keys alone, by one list", async () => {
  const store = recordingStore(memory());
  const earlier = { ...ID, number: 6, attempt: "20261121T031500Z-000001" };
  const { chunks } = await storeArchive(store, { id: earlier });
  await storeArchive(store, { reused: chunks, chunks: 1 });
  store.calls.length = 0;
  const archives = await openCatalog(store).list();
  expect(store.calls).toEqual(["list archives/"]);
  expect(archives).toEqual([
    expect.objectContaining({ id: earlier, newChunks: 3 }),
    {
      id: ID,
      status: "complete",
      started: new Date("2026-11-22T03:15:00Z"),
      finished: new Date("2026-11-22T05:00:00Z"),
      chunks: 4,
      storedBytes: 4 * 69,
      newChunks: 1,
      newBytes: 69,
      ambiguous: false,
      deleted: false,
    },
  ]);
});

test("archives are in the order of host and start, never of number", async () => {
  const store = memory();
  const ids = [
    { host: "web", number: 2, attempt: "20261103T000000Z-000000" },
    { host: "gandalf", number: 9, attempt: "20261102T000000Z-000000" },
    { host: "web", number: 10, attempt: "20261101T000000Z-000000" },
    { host: "web", number: 2, attempt: "20261102T000000Z-000000" },
  ];
  for (const { host, number, attempt } of ids)
    await put(store, `archives/${host}/${number}/${attempt}/started.json`);
  const listed = (await openCatalog(store).list()).map(({ id }) => id);
  expect(listed).toEqual([ids[1], ids[2], ids[3], ids[0]]);
});

test("one host's list holds no other host whose name starts the same", async () => {
  const store = memory();
  for (const host of ["web", "web.example.com", "web2"])
    await put(store, `archives/${host}/7/${ID.attempt}/started.json`);
  const listed = await openCatalog(store).list({ host: "web" });
  expect(listed.map(({ id }) => id.host)).toEqual(["web"]);
});

describe("an archive without a marker is incomplete", () => {
  test("whatever else it has", async () => {
    const store = memory();
    await storeArchive(store, { withoutMarker: true });
    expect(await openCatalog(store).list()).toEqual([
      {
        id: ID,
        status: "incomplete",
        started: new Date("2026-11-22T03:15:00Z"),
        ambiguous: false,
        deleted: false,
      },
    ]);
  });

  test("and deleted, if its head has no manifest any more", async () => {
    const store = memory();
    await storeArchive(store);
    await openCatalog(store).delete(ID);
    expect(await openCatalog(store).list()).toMatchObject([
      { status: "incomplete", deleted: true },
    ]);
  });
});

test("an archive with two markers is ambiguous", async () => {
  const store = memory();
  await storeArchive(store);
  await put(store, `${FOLDER}/partial.1.1.1.1.sig`);
  expect(await openCatalog(store).list()).toMatchObject([{ id: ID, ambiguous: true }]);
});

test("unknown keys are reported and left out, but for empty folders", async () => {
  const store = memory();
  await storeArchive(store);
  const unknown = ["archives/notes.txt", "archives/web/7/nonsense/started.json"];
  for (const key of unknown) await put(store, key);
  const folders = ["archives/", `${FOLDER}/`, "archives/new folder/", `${FOLDER}/x/.bzEmpty`];
  for (const key of [...folders, "archives/web_$folder$"])
    await store.put(key, bytesBody(Buffer.alloc(0)));
  // It holds something.
  await put(store, "archives/x/");
  const told: string[] = [];
  const archives = await openCatalog(store).list({ onUnknownKey: (key) => told.push(key) });
  expect(told.toSorted()).toEqual([...unknown, "archives/x/"].toSorted());
  expect(archives).toHaveLength(1);
});

test("hosts are those that have records, and those that only have chunks", async () => {
  const store = memory();
  await storeArchive(store);
  await put(store, `chunks/orphan/${ID.attempt}/${ID.attempt}.00000001.gpg`);
  await put(store, "chunks/orphan/notes.txt");
  const told: string[] = [];
  const options = { onUnknownKey: (key: string): number => told.push(key) };
  expect(await openCatalog(store).listHosts(options)).toEqual(["orphan", "web.example.com"]);
  expect(told).toEqual(["chunks/orphan/notes.txt"]);
  expect(await keysOf(store)).toHaveLength(12);
});

async function put(store: ObjectStore, key: string): Promise<void> {
  await store.put(key, bytesBody(Buffer.from("?")));
}
