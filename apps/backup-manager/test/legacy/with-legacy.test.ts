import { openCatalog, openLegacyCatalog } from "@backuppc-archive-s3/backup-catalog";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import type { LegacyBucketSite } from "../../src/legacy/legacy-bucket-site.ts";
import { type CatalogWithLegacy, type OwnSite, withLegacy } from "../../src/legacy/with-legacy.ts";
import { PLAIN_TRUST } from "../vault.ts";

const own: OwnSite = {
  catalog: openCatalog(createMemoryStore()),
  trust: async () => PLAIN_TRUST,
  bucket: "own",
  presigner: { presign: refused, presignAll: refused },
};

test("one backup in two buckets is two archives, and each list shows the same", async () => {
  const sites = [await siteOf("one-bkup-gandalf"), await siteOf("two-bkup-gandalf")];
  const both = withLegacy(own, async () => sites, expect.unreachable);
  for (const _ of ["first", "second"]) {
    const ids = (await both.catalog.list()).map(({ id }) => id);
    const attempts = ["legacy", "legacy@two-bkup-gandalf"];
    expect(ids).toEqual(attempts.map((attempt) => ({ host: "gandalf", number: 7, attempt })));
    const opened = await Promise.all(ids.map(async (id) => await both.open(id)));
    expect(opened.map(({ bucket }) => bucket)).toEqual(sites.map(({ bucket }) => bucket));
  }
});

test("an archive that no list has shown is opened, verified and deleted", async () => {
  const sites = [await siteOf("one-bkup-gandalf"), await siteOf("two-bkup-gandalf")];
  const id = { host: "gandalf", number: 7, attempt: "legacy@two-bkup-gandalf" };
  const fresh = (): CatalogWithLegacy => withLegacy(own, async () => sites, expect.unreachable);
  const opened = await fresh().open(id);
  const { bucket, head, trust } = opened;
  expect({ bucket, head, trust }).toEqual({
    bucket: "two-bkup-gandalf",
    head: undefined,
    trust: { state: "legacy" },
  });
  expect((await opened.contents()).chunks).toEqual([{ key: "gandalf.7.tar", storedLength: 1 }]);
  const started = new Date();
  const archive = { id, status: "complete", started, ambiguous: false, deleted: false } as const;
  const { archives } = await fresh().catalog.verify([archive], PLAIN_TRUST);
  expect(archives).toMatchObject([{ archive: { id }, findings: [] }]);
  expect(await fresh().catalog.delete(id)).toMatchObject({ deleted: 2 });
  expect(await sites[0]?.catalog.list()).toHaveLength(1);
  await expect(fresh().open(id)).rejects.toMatchObject({ code: "not-found" });
});

test("a bucket that cannot be read is reported, and the others are listed", async () => {
  const whole = await siteOf("whole-bkup-gandalf");
  const list = async (): Promise<never> => await Promise.reject(new Error("no line"));
  const broken = { ...whole, bucket: "broken", catalog: { ...whole.catalog, list } };
  const notes: string[] = [];
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
  const presigner = { presign: refused, presignAll: refused };
  return { bucket, catalog: openLegacyCatalog(store), presigner };
}

async function refused(): Promise<never> {
  return await Promise.reject(new Error("no URL is needed"));
}
