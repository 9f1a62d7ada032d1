import { manifestSchema } from "@backuppc-archive-s3/backup-catalog";
import type { MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";

/** Checks at each change of a store that no archive with a marker lacks a chunk or its manifest, or has another chunk in its place. */
export class Losses {
  readonly found: string[] = [];
  /** By folder of the archive, while it has a marker: the chunks that it names, and their digests. */
  readonly #complete = new Map<string, ReadonlyMap<string, string>>();

  /** Objects whose changes are looked at. */
  watched(): Map<string, MemoryObject> {
    const look = (key: string): void => this.#changed(key, objects);
    class Watched extends Map<string, MemoryObject> {
      override set(key: string, value: MemoryObject): this {
        super.set(key, value);
        look(key);
        return this;
      }
      override delete(key: string): boolean {
        const was = super.delete(key);
        look(key);
        return was;
      }
      override clear(): void {
        super.clear();
        complete.clear();
      }
    }
    const complete = this.#complete;
    const objects = new Watched();
    return objects;
  }

  #changed(key: string, objects: Map<string, MemoryObject>): void {
    const folder = /^(.*\/)(?:complete|partial)\.[^/]*\.sig$/.exec(key)?.[1];
    if (folder !== undefined) {
      if (!objects.has(key)) this.#complete.delete(folder);
      else {
        const chunks = chunksNamed(folder, objects);
        this.#complete.set(folder, chunks);
        for (const [chunk, digest] of chunks) this.#check(folder, chunk, digest, objects);
      }
    } else if (key.startsWith("chunks/")) {
      for (const [archive, chunks] of this.#complete) {
        const digest = chunks.get(key);
        if (digest !== undefined) this.#check(archive, key, digest, objects);
      }
    }
  }

  #check(archive: string, key: string, digest: string, objects: Map<string, MemoryObject>): void {
    const object = objects.get(key);
    if (object?.bytes.toString() !== digest) this.found.push(`${archive} lost ${key}`);
  }
}

/** By key: what a chunk's bytes must be, which in these worlds are the manifest's digest of them. */
function chunksNamed(
  folder: string,
  objects: Map<string, MemoryObject>,
): ReadonlyMap<string, string> {
  const manifest = objects.get(`${folder}manifest.json`);
  if (manifest === undefined) return new Map([[`${folder}manifest.json`, "there"]]);
  const { host, chunks } = manifestSchema.parse(JSON.parse(manifest.bytes.toString()));
  return new Map(chunks.map(({ name, sha256 }) => [`chunks/${host}/${name}`, sha256]));
}
