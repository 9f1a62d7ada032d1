import { beforeAll, describe, expect, test } from "vitest";
import type { ObjectStore, PutReceipt } from "../object-store.ts";
import { bytesBody } from "../put/bytes-body.ts";
import { PATIENCE_MS } from "./object-store-contract.ts";
import type { StoredVersion, VersionedStore } from "../versioned-store.ts";

/** Two views of one bucket. */
export interface VersionedBucket {
  readonly store: ObjectStore;
  readonly versions: VersionedStore;
}

/**
 * Registers a vitest test for each promise of {@link VersionedStore}; each implementation and each wrapper runs it.
 *
 * @param create of an empty bucket whose versioning is enabled
 */
export function versionedStoreContract(name: string, create: () => Promise<VersionedBucket>): void {
  describe(`${name} as a VersionedStore`, { timeout: PATIENCE_MS }, () => {
    let store: ObjectStore;
    let versions: VersionedStore;
    beforeAll(async () => {
      ({ store, versions } = await create());
    });
    const put = async (key: string, text: string): Promise<PutReceipt> =>
      await store.put(key, bytesBody(Buffer.from(text)));
    const listed = async (prefix: string): Promise<StoredVersion[]> => {
      const found: StoredVersion[] = [];
      for await (const version of versions.listVersions(prefix)) found.push(version);
      return found;
    };
    const keys = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key } of store.list(prefix)) found.push(key);
      return found;
    };

    test("tells that the bucket keeps what is deleted", async () => {
      expect(await versions.protection()).toMatchObject({ versioning: "enabled" });
    });

    test("lists each version and delete marker, by key, and which is the latest", async () => {
      await put("list/b", "one");
      await put("list/b", "three");
      await put("list/a é+%", "x");
      await store.delete(["list/b"]);
      const told = (await listed("list/")).map(
        ({ key, length, latest, deleteMarker }) =>
          `${key} ${length}${latest ? " latest" : ""}${deleteMarker ? " marker" : ""}`,
      );
      expect(told[0]).toBe("list/a é+% 1 latest");
      expect(told.slice(1).toSorted()).toEqual(["list/b 0 latest marker", "list/b 3", "list/b 5"]);
      expect(await keys("list/")).toEqual(["list/a é+%"]);
    });

    test("names in a receipt the version that it lists", async () => {
      const receipts = [await put("receipt", "one"), await put("receipt", "three")];
      const told = (await listed("receipt")).map(({ version }) => version);
      expect(new Set(receipts.map(({ versionId }) => versionId))).toEqual(new Set(told));
    });

    test("deletes exactly the versions that are named", async () => {
      for (const text of ["one", "three", "eleven"]) await put("exactly", text);
      const three = (await listed("exactly")).filter(({ length }) => length === 5);
      expect(await versions.deleteVersions(three)).toEqual([]);
      const left = (await listed("exactly")).map(({ length }) => length);
      expect(left.toSorted((one, other) => one - other)).toEqual([3, 6]);
      expect(await versions.deleteVersions(three)).toEqual([]);
    });

    test("brings back what a deleted delete marker hid", async () => {
      await put("hidden", "x");
      await store.delete(["hidden"]);
      const markers = (await listed("hidden")).filter(({ deleteMarker }) => deleteMarker);
      expect(await versions.deleteVersions(markers)).toEqual([]);
      expect(await keys("hidden")).toEqual(["hidden"]);
    });

    test("lists and deletes more than a page, each version once", async () => {
      const many = Array.from({ length: 502 }, (_, index) => `pages/${1000 + index}`);
      for (let at = 0; at < many.length; at += 50)
        await Promise.all(many.slice(at, at + 50).map((key) => put(key, "x")));
      await store.delete(many);
      const found = await listed("pages/");
      expect(new Set(found.map(({ key, version }) => `${key} ${version}`)).size).toBe(1004);
      expect([...new Set(found.map(({ key }) => key))]).toEqual(many);
      expect(await versions.deleteVersions(found)).toEqual([]);
      expect(await listed("pages/")).toEqual([]);
    });
  });
}
