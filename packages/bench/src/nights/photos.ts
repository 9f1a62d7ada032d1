import type { Part } from "./part.ts";
import { steadily } from "./steadily.ts";

/** Bytes. */
const PHOTO = 2.4e6;
/** Of the first ones are added each night. */
const ADDED = 0.05;

/** A collection that is only added to. */
export const photos: Part = {
  share: 0.13,
  begin: async (tree, seeded, bytes) => {
    const names: string[] = [];
    const add = async (age: number): Promise<void> => {
      const length = Math.round(PHOTO / 2 + seeded.below(PHOTO));
      const name = `IMG_${String(names.length).padStart(5, "0")}.jpg`;
      const year = 2010 + Math.floor(names.length / 20);
      await tree.write(`home/alice/photos/${year}/${name}`, seeded.bytes(length), age);
      names.push(name);
    };
    const first = Math.max(1, Math.round(bytes / PHOTO));
    while (names.length < first) await add(1 + seeded.below(2000));
    const taken = steadily(first * ADDED);
    return async () => {
      for (let left = taken(); left > 0; left -= 1) await add(0);
    };
  },
};
