import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, describe, expect, test } from "vitest";
import type { DeleteInvocation } from "../../src/delete/command.ts";
import { deleteArchives } from "../../src/delete/delete-archives.ts";
import { deleteJsonSchema } from "../../src/delete/delete-json.ts";
import { noteRemoval } from "../../src/delete/note-removal.ts";
import { oldIndex } from "../../src/manager-error.ts";
import type { HeldHost } from "../../src/state/host-state.ts";
import type { Site } from "../../src/site.ts";
import { aged } from "../aged.ts";
import { type RecordingOutput, recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { attemptOf, storeArchive, type StoredArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const ASKED: DeleteInvocation = {
  selection: { policy: { ageDays: 30 }, host: undefined },
  purgeVersions: false,
  start: undefined,
  config: undefined,
  json: false,
  quiet: false,
  test: false,
  list: false,
};
const BY_NUMBER: DeleteInvocation = {
  ...ASKED,
  selection: { host: "gandalf", number: 99, attempt: undefined },
};

let objects: Map<string, MemoryObject>;
let store: ObjectStore;
let output: RecordingOutput;
let archives: StoredArchive[];
beforeEach(async () => {
  objects = new Map();
  store = createMemoryStore(objects);
  output = recordingOutput();
  archives = [];
  // Each reuses the first chunk of the oldest, which is 90 days old.
  for (const daysAgo of [90, 60, 1]) {
    const id = { host: "gandalf", number: 100 - daysAgo, attempt: attemptOf(daysAgo) };
    const [shared = Buffer.from("shared")] = archives[0]?.slices ?? [];
    const slices = [shared, Buffer.from(`own ${daysAgo}`)];
    archives.push(await storeArchive({ store, vault: PLAIN_VAULT }, id, { slices }));
    aged(objects, daysAgo === 90 ? 30 : daysAgo === 60 ? 59 : 1);
  }
});

test("ages are by the store's clock, as what is deleted is", async () => {
  const later = new Date(Date.now() + 900 * 86_400_000);
  const ahead = { ...store, now: () => later };
  expect(await deleteArchives({ ...ASKED, test: true }, siteOf(ahead), output)).toBe("done");
  expect(output.results.join("")).toMatch(/^gandalf +10 +990 days ago /m);
});

describe("what is freed", () => {
  test("are the records, and the chunks that no archive needs and no hold keeps", async () => {
    expect(await deleteArchives(ASKED, siteOf(store), output)).toBe("done");
    expect(output.notes).toEqual([]);
    expect(chunks()).toEqual([nameOf(0, 0), nameOf(2, 1)].toSorted());
    expect(output.results.join("")).toMatch(/\ngandalf: .* freed\n2 archives deleted, 1 kept\n$/);
    expect(await numbers()).toEqual([99]);
  });

  test("waits for the hold of an archive that was young", async () => {
    expect(await deleteArchives(BY_NUMBER, siteOf(store), output)).toBe("done");
    expect(chunks()).toContain(nameOf(2, 1));
    const after = /gandalf: .* freed, 5 B more after (\S+) /.exec(output.results.join(""));
    const days = (Date.parse(after?.[1] ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(21);
    expect(days).toBeLessThan(24);
  });

  /** What a lock is asked to forget, and its release, in order. */
  let forgotten: string[];
  beforeEach(() => {
    forgotten = [];
  });

  function heldSite(site: Site, changes: Partial<HeldHost> = {}): Site {
    const lock: HeldHost = {
      uploader: PLAIN_VAULT.uploader,
      releasable: async () => new Set(chunks()),
      strike: async () => 0,
      async forget(names) {
        forgotten.push(...names);
        expect(chunks()).toEqual(expect.arrayContaining([...names]));
      },
      release: async () => void forgotten.push("released"),
      ...changes,
    };
    return { ...site, lockHost: async () => ({ kind: "held" as const, lock }) };
  }

  test("does not wait where archive-host's lock is held: the index forgets them before they go", async () => {
    expect(await deleteArchives(BY_NUMBER, heldSite(siteOf(store)), output)).toBe("done");
    expect(forgotten).toEqual([nameOf(2, 1), "released"]);
    expect(chunks()).toEqual([nameOf(0, 0), nameOf(0, 1), nameOf(1, 1)].toSorted());
    expect(output.results.join("")).toMatch(/\ngandalf: .* freed\n1 archive deleted, 0 kept\n$/);
  });

  test("waits where the store keeps no canary, since a copy of the index could still be believed", async () => {
    expect(
      await deleteArchives(
        BY_NUMBER,
        heldSite(siteOf(store), { releasable: async () => new Set() }),
        output,
      ),
    ).toBe("done");
    expect(forgotten).toEqual(["released"]);
    expect(output.results.join("")).toContain(" more after ");
  });

  test("stops before any chunk is deleted where the index is an older copy of itself", async () => {
    const before = chunks();
    const site = heldSite(siteOf(store), {
      forget: async () => await Promise.reject(oldIndex("gandalf", "copied")),
    });
    expect(await deleteArchives(BY_NUMBER, site, output)).toBe("failed");
    expect(output.notes.join("\n")).toContain(
      "is an older copy of itself, so nothing that is still held",
    );
    expect(chunks()).toEqual(before);
    expect(forgotten).toEqual(["released"]);
  });

  test("is told by --test, which deletes nothing", async () => {
    const before = [...objects.keys()];
    expect(await deleteArchives({ ...ASKED, test: true, json: true }, siteOf(store), output)).toBe(
      "done",
    );
    const { hosts } = deleteJsonSchema.parse(JSON.parse(output.results.join("")));
    expect(hosts).toMatchObject([{ freed: { chunks: 2, laterBytes: 0, removed: null } }]);
    expect([...objects.keys()]).toEqual(before);
  });
});

test("where no chunk may go, what went is said to be freed, and not that it would be", async () => {
  const forged = { host: "gandalf", number: 100, attempt: attemptOf(0.1) };
  const vault = { ...PLAIN_VAULT, sign: async () => Buffer.from("forged") };
  await storeArchive({ store, vault }, forged);
  expect(await deleteArchives(BY_NUMBER, siteOf(store), output)).toBe("failed");
  expect(output.results.join("")).toMatch(/\ngandalf: \S+ k?B freed\n1 archive deleted, 0 kept\n$/);
});

describe("nothing of a host is deleted", () => {
  test("where its newest archive is damaged and no other good one is newer", async () => {
    await store.delete([`chunks/gandalf/${nameOf(2, 1)}`]);
    expect(await deleteArchives(ASKED, siteOf(store), output)).toBe("done");
    // 10 goes for 40; 99 is no good one.
    expect(await numbers()).toEqual([40, 99]);
  });

  test("where a newer archive is not verified, which is said", async () => {
    const forged = { host: "gandalf", number: 100, attempt: attemptOf(0.1) };
    const vault = { ...PLAIN_VAULT, sign: async () => Buffer.from("forged") };
    await storeArchive({ store, vault }, forged);
    expect(await deleteArchives(ASKED, siteOf(store), output)).toBe("failed");
    expect(output.notes).toEqual([
      expect.stringMatching(
        /^gandalf: nothing is deleted, because archive 100 \(attempt \S+\) is not verified\. If/,
      ),
    ]);
    expect(await numbers()).toEqual([10, 40, 99, 100]);
  });

  test("and another host's archives go all the same", async () => {
    for (const daysAgo of [50, 2]) {
      const id = { host: "witte", number: 100 - daysAgo, attempt: attemptOf(daysAgo) };
      await storeArchive({ store, vault: PLAIN_VAULT }, id);
    }
    const future = { host: "gandalf", number: 100, attempt: attemptOf(-9) };
    await storeArchive({ store, vault: PLAIN_VAULT }, future);
    expect(await deleteArchives(ASKED, siteOf(store), output)).toBe("failed");
    expect(output.notes).toEqual([expect.stringContaining("is dated in the future")]);
    expect(await numbers()).toEqual([10, 40, 99, 100, 98]);
  });
});

test("archives that the store would not delete are not called deleted", async () => {
  const stays: ObjectStore = {
    ...store,
    delete: async (keys) => keys.map((key) => ({ key, reason: "AccessDenied" })),
  };
  expect(await deleteArchives(ASKED, siteOf(stays), output)).toBe("failed");
  expect(output.notes).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^gandalf 10: 1 object could not be deleted, such as .*: AccessDenied$/,
      ),
    ]),
  );
  expect(output.results.join("")).toMatch(
    /NOT DELETED[\s\S]*\n0 archives deleted, 2 not deleted, 1 kept\n$/,
  );
  expect(await numbers()).toEqual([10, 40, 99]);
});

test("a store that breaks down ends it, and what was deleted before is reported", async () => {
  let requests = 0;
  const breaks: ObjectStore = {
    ...store,
    async delete(keys) {
      requests += 1;
      if (requests > 2) throw new StoreError("unreachable", "no line", { permanent: false });
      return await store.delete(keys);
    },
  };
  expect(await deleteArchives(ASKED, siteOf(breaks), output)).toBe("failed");
  expect(output.notes).toEqual([
    "gandalf: no line. Check `endpoint` in the configuration, and the network.",
  ]);
  expect(output.results.join("")).toMatch(/\n1 archive deleted, 1 not deleted, 1 kept\n$/);
  expect(await deleteArchives(ASKED, siteOf(store), output)).toBe("done");
});

test("a bucket that keeps what is deleted is reported", () => {
  const shared = { deleted: 3, freedBytes: 0, failures: [], unknownKeys: [] };
  expect(noteRemoval("gandalf 7", { ...shared, keptBy: "versioning" }, output)).toBe(true);
  expect(output.notes).toEqual([
    "gandalf 7: freed nothing, because the bucket keeps versions. See --purge-versions of `delete`.",
  ]);
});

function chunks(): string[] {
  return [...objects.keys()]
    .flatMap((key) => /^chunks\/gandalf\/(.*)$/.exec(key)?.[1] ?? [])
    .toSorted();
}

function nameOf(archive: number, place: number): string {
  return archives[archive]?.manifest.chunks[place]?.name ?? "";
}

async function numbers(): Promise<number[]> {
  const listed = await siteOf(store).catalog.list();
  return listed.filter(({ deleted }) => !deleted).map(({ id }) => id.number);
}
