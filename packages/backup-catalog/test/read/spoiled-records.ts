import fc from "fast-check";
import { expect } from "vitest";
import { CatalogError, openCatalog } from "../../src/index.ts";
import { sha256Of } from "../../src/read/read-object.ts";
import { ID, storeArchive, TRUST } from "../stored-archive.ts";
import { memory, put, textAt } from "../memory.ts";

/**
 * Reads heads and manifests that were changed in any way: each is read as ours, or refused by a typed
 * error, and none that was changed is verified.
 *
 * @returns how many were read
 */
export async function readSpoiledRecords(numRuns: number): Promise<number> {
  const store = memory();
  const { head } = await storeArchive(store);
  const folder = `archives/web.example.com/7/${ID.attempt}`;
  const catalog = openCatalog(store);
  const [heads, manifests] = [`${folder}/archive.json`, `${folder}/manifest.json`];
  const original = { head: await textAt(store, heads), manifest: await textAt(store, manifests) };
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(anyChange(original.head), anyChange(original.manifest), async (one, other) => {
      await put(store, heads, one);
      const trust = await outcome(async () => (await catalog.openArchive(ID, TRUST)).trust.state);
      expect(one === original.head ? ["verified"] : ["unverified", "refused"]).toContain(trust);
      await put(store, manifests, other);
      const manifest = sha256Of(other);
      const read = await outcome(async () => {
        const digests = { ...head.digests, manifest };
        return String((await catalog.readManifest({ ...head, digests })).chunks.length);
      });
      expect(["3", "refused"]).toContain(read);
      runs++;
    }),
    { numRuns },
  );
  return runs;
}

/** Some characters of the text, or some value in it, are others. */
function anyChange(text: string): fc.Arbitrary<string> {
  const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 9 }), fc.json({ maxDepth: 2 }));
  const anyPlace = fc.tuple(fc.nat(text.length), fc.nat(9), anyText);
  return fc.oneof(
    anyPlace.map(([at, length, some]) => text.slice(0, at) + some + text.slice(at + length)),
    fc
      .tuple(fc.nat(40), fc.json({ maxDepth: 2 }))
      .map(([which, json]) => withValue(text, which, json)),
    anyText,
    fc.constant(text),
  );
}

/** The text with one of its values replaced. */
function withValue(text: string, which: number, json: string): string {
  let at = 0;
  return text.replaceAll(/("\w+": ?)("[^"]*"|\d+|null|true)/g, (all, name: string) =>
    at++ === which ? name + json : all,
  );
}

async function outcome(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CatalogError) return "refused";
    throw error;
  }
}
