import { openCatalog, openLegacyCatalog } from "@backuppc-archive-s3/backup-catalog";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import type { LegacyBucketSite } from "../../src/legacy/legacy-source.ts";
import { withLegacy } from "../../src/legacy/with-legacy.ts";

test("one backup in two buckets is two archives, and each list shows the same", async () => {
  const sites = [await siteOf("one-bkup-gandalf"), await siteOf("two-bkup-gandalf")];
  const own = openCatalog(createMemoryStore());
  const both = withLegacy(own, async () => sites, expect.unreachable);
  for (const _ of ["first", "second"]) {
    const ids = (await both.catalog.list()).map(({ id }) => id);
    const attempts = ["legacy", "legacy@two-bkup-gandalf"];
    expect(ids).toEqual(attempts.map((attempt) => ({ host: "gandalf", number: 7, attempt })));
    expect(ids.map((id) => both.legacyOf(id)?.site)).toEqual(sites);
  }
});

test("a bucket that cannot be read is reported, and the others are listed", async () => {
  const whole = await siteOf("whole-bkup-gandalf");
  const list = async (): Promise<never> => await Promise.reject(new Error("no line"));
  const broken = { ...whole, bucket: "broken", catalog: { ...whole.catalog, list } };
  const notes: string[] = [];
  const own = openCatalog(createMemoryStore());
  const { catalog } = withLegacy(
    own,
    async () => [broken, whole],
    (line) => notes.push(line),
  );
  expect(await catalog.list()).toHaveLength(1);
  expect(notes).toEqual([
    expect.stringMatching(/^the Python program's bucket broken is left out: .*no line/),
  ]);
});

/** A bucket with gandalf's backup 7. */
async function siteOf(bucket: string): Promise<LegacyBucketSite> {
  const store = createMemoryStore();
  for (const name of ["gandalf.7.tar", "gandalf.7.tar.COMPLETE"])
    await store.put(name, bytesBody(Buffer.from("x")));
  const refused = async (): Promise<never> => await Promise.reject(new Error("no URL is needed"));
  const presigner = { presign: refused, presignAll: refused };
  return { bucket, store, catalog: openLegacyCatalog(store), presigner };
}
