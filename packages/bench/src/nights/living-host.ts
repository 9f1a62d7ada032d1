import { mkdir } from "node:fs/promises";
import { browserCache } from "./browser-cache.ts";
import { database } from "./database.ts";
import { LivingTree } from "./living-tree.ts";
import { logs } from "./logs.ts";
import { mail } from "./mail.ts";
import { packages } from "./packages.ts";
import type { NextDay, Part } from "./part.ts";
import { photos } from "./photos.ts";
import { repositories } from "./repositories.ts";
import { Seeded } from "./seeded.ts";

const FILES: readonly Part[] = [packages, repositories, photos, mail, logs, browserCache];

export interface LivingHostOptions {
  /** Bytes of its files in the first night, about. */
  readonly size: number;
  /** With a database that changes page by page, a tenth of the size on top. */
  readonly database?: boolean;
  /** The same tree, night by night, for the same seed and size. */
  readonly seed?: string;
}

export interface LivingHost {
  /** Lets a day pass: what a machine's files go through between two backups. */
  nextNight(): Promise<void>;
}

/** A machine's files in a folder, in the state of the first night. */
export async function livingHost(root: string, options: LivingHostOptions): Promise<LivingHost> {
  const { size, database: withDatabase = false, seed = "nights" } = options;
  await mkdir(root, { recursive: true });
  const tree = new LivingTree(root);
  const parts = withDatabase ? [...FILES, database] : FILES;
  const days: NextDay[] = [];
  for (const [index, { begin, share }] of parts.entries()) {
    days.push(await begin(tree, new Seeded(`${seed} ${index}`), size * share));
  }
  await tree.endNight();
  let night = 1;
  return {
    nextNight: async () => {
      night += 1;
      for (const day of days) await day(night);
      await tree.endNight();
    },
  };
}
