import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import { type ArchiveId, openCatalog } from "../src/index.ts";
import { archiveOfThree, ID, startedOf } from "./archive-of-three.ts";
import { recordingStore } from "./recording-store.ts";

test("a store without archives lists none", async () => {
  expect(await openCatalog(createMemoryStore()).list()).toEqual([]);
});

test("a list tells an archive from its keys alone, reading no object and listing no chunk", async () => {
  const store = recordingStore(createMemoryStore());
  const catalog = openCatalog(store, { prefix: "site-a/" });
  await complete(store, ID, "site-a/");
  store.calls.length = 0;
  const archives = await catalog.list();
  expect(store.calls).toEqual(["list site-a/archives/"]);
  expect(archives).toEqual([
    {
      id: ID,
      status: "complete",
      started: new Date("2026-11-22T03:15:00Z"),
      finished: expect.any(Date),
      chunks: 3,
      storedBytes: 300,
      hasManifest: true,
      hasSums: true,
    },
  ]);
});

test("archives are in the order of host and start, never of number", async () => {
  const store = createMemoryStore();
  const ids = [
    { host: "web", number: 2, attempt: "20261103T000000Z-000000" },
    { host: "gandalf", number: 9, attempt: "20261102T000000Z-000000" },
    { host: "web", number: 10, attempt: "20261101T000000Z-000000" },
    { host: "web", number: 2, attempt: "20261102T000000Z-000000" },
  ];
  for (const id of ids) await openCatalog(store).begin(startedOf(id));
  const listed = (await openCatalog(store).list()).map(({ id }) => id);
  expect(listed).toEqual([ids[1], ids[2], ids[3], ids[0]]);
});

test("one host's list holds no other host whose name starts the same", async () => {
  const store = createMemoryStore();
  for (const host of ["web", "web.example.com", "web2"])
    await openCatalog(store).begin(startedOf({ ...ID, host }));
  const listed = await openCatalog(store).list({ host: "web" });
  expect(listed.map(({ id }) => id.host)).toEqual(["web"]);
});

test("an archive without marker is unfinalized, and may have its manifest", async () => {
  const store = createMemoryStore();
  await complete(store, ID);
  await store.delete([`archives/web.example.com/7/${ID.attempt}/complete.3.300.json`]);
  expect(await openCatalog(store).list()).toEqual([
    {
      id: ID,
      status: "unfinalized",
      started: new Date("2026-11-22T03:15:00Z"),
      hasManifest: true,
      hasSums: true,
    },
  ]);
});

test("stray keys are told and left out", async () => {
  const store = createMemoryStore();
  await complete(store, ID);
  const strays = ["archives/notes.txt", "archives/web/7/nonsense/started.json"];
  for (const key of strays) await store.put(key, bytesBody(Buffer.from("?")));
  const told: string[] = [];
  const archives = await openCatalog(store).list({ onStray: (key) => told.push(key) });
  expect(told).toEqual(strays);
  expect(archives).toHaveLength(1);
});

async function complete(store: ObjectStore, id: ArchiveId, prefix = ""): Promise<void> {
  const catalog = openCatalog(store, { prefix });
  await catalog.begin(startedOf(id));
  await catalog.commit(archiveOfThree(catalog, id));
}
