import type { LivingTree } from "./living-tree.ts";
import type { Part } from "./part.ts";
import type { Seeded } from "./seeded.ts";

const [DAILY, WEEKLY, GROWING] = [
  "var/log/access.log",
  "var/log/weekly.log",
  "var/log/growing.log",
];
const KEPT = 7;
/** A rotated log is so many times smaller. */
const GZIP = 8;

/** A log that is rotated each night, one that is rotated each week, and one that only grows. */
export const logs: Part = {
  share: 0.07,
  begin: async (tree, seeded, bytes) => {
    const day = Math.round(bytes / 7);
    const grown = Math.round(day / 8);
    await beginDaily(tree, seeded, day);
    await tree.write(WEEKLY, seeded.text(grown * 4));
    await tree.write(GROWING, seeded.text(day * 4));
    return async (night) => {
      await rotate(tree, seeded, day);
      if (night % 7 === 4) await tree.rename(WEEKLY, `${WEEKLY}.1`);
      if (night % 7 === 4) await tree.write(WEEKLY, seeded.text(grown));
      else await tree.append(WEEKLY, seeded.text(grown));
      await tree.append(GROWING, seeded.text(grown));
    };
  },
};

async function beginDaily(tree: LivingTree, seeded: Seeded, day: number): Promise<void> {
  await tree.write(DAILY, seeded.text(day));
  await tree.write(`${DAILY}.1`, seeded.text(day), 1);
  for (let age = 2; age <= KEPT; age += 1) {
    await tree.write(`${DAILY}.${age}.gz`, seeded.bytes(Math.round(day / GZIP)), age);
  }
}

/** As logrotate does it: the one before last is compressed, the oldest goes. */
async function rotate(tree: LivingTree, seeded: Seeded, day: number): Promise<void> {
  for (let age = KEPT; age > 2; age -= 1) {
    await tree.rename(`${DAILY}.${age - 1}.gz`, `${DAILY}.${age}.gz`);
  }
  await tree.write(`${DAILY}.2.gz`, seeded.bytes(Math.round(day / GZIP)), 1);
  await tree.rename(DAILY, `${DAILY}.1`);
  await tree.write(DAILY, seeded.text(day));
}
