import type { Part } from "./part.ts";
import type { Seeded } from "./seeded.ts";

const PAGE = 4096;
/** Of its pages change each night, anywhere. */
const CHANGED = 0.02;

/** One file that changes everywhere, page by page: the worst case for whoever sends what changed. */
export const database: Part = {
  share: 0.1,
  begin: async (tree, seeded, bytes) => {
    const path = "var/lib/db/database.sqlite";
    const pages = Math.max(50, Math.round(bytes / PAGE));
    await tree.write(path, Buffer.concat(Array.from({ length: pages }, () => page(seeded))));
    return async () => {
      const changed = Array.from({ length: Math.ceil(pages * CHANGED) }, () => {
        return [seeded.below(pages) * PAGE, page(seeded)] as const;
      });
      await tree.overwrite(path, changed);
    };
  },
};

/** Half of it are texts, half numbers. */
function page(seeded: Seeded): Uint8Array {
  return Buffer.concat([seeded.text(PAGE / 2), seeded.bytes(PAGE / 2)]);
}
