import type { MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";

/** Makes every object of a memory store so many days older. */
export function aged(objects: Map<string, MemoryObject>, days: number): void {
  for (const [key, { bytes, modified }] of objects)
    objects.set(key, { bytes, modified: new Date(modified.getTime() - days * 86_400_000) });
}
