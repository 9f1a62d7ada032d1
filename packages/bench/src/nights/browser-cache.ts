import type { Part } from "./part.ts";

/** Of the files are replaced by others each night. */
const REPLACED = 0.3;

/** Small files under random names. */
export const browserCache: Part = {
  share: 0.04,
  begin: async (tree, seeded, bytes) => {
    const files: string[] = [];
    const add = async (age: number): Promise<number> => {
      const path = `home/alice/.cache/browser/${seeded.bytes(16).toString("hex")}`;
      const length = seeded.length(1000, 120_000);
      await tree.write(path, seeded.bytes(length), age);
      files.push(path);
      return length;
    };
    for (let left = bytes; left > 0;) left -= await add(seeded.below(30));
    return async () => {
      const replaced = Math.ceil(files.length * REPLACED);
      for (let index = 0; index < replaced; index += 1) {
        const [path] = files.splice(seeded.below(files.length), 1);
        if (path !== undefined) await tree.remove(path);
      }
      for (let index = 0; index < replaced; index += 1) await add(0);
    };
  },
};
