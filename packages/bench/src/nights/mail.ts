import type { LivingTree } from "./living-tree.ts";
import type { Part } from "./part.ts";
import type { Seeded } from "./seeded.ts";
import { steadily } from "./steadily.ts";

/** Bytes, of a message with its part of the attachments. */
const MESSAGE = 20_000;
const FOLDERS = ["inbox", "lists", "work", "family", "archive.2025", "archive.2026"];
/** Of the messages, each night. */
const RATES = { arrive: 0.005, read: 0.002, flag: 0.0018, move: 0.0008 };
/** Whoever deals with a message deals with one of so many of the latest. */
const RECENT = 40;
/** Seconds since the epoch, of the first message; one comes every hour. */
const FIRST = 1_700_000_000;

/** Maildirs: messages arrive, and are read, flagged and moved, which renames their files. */
export const mail: Part = {
  share: 0.12,
  begin: async (tree, seeded, bytes) => {
    const maildir = new Maildir(tree, seeded);
    const count = Math.max(20, Math.round(bytes / MESSAGE));
    for (let index = 0; index < count; index += 1) {
      await maildir.arrive(`${seeded.of(FOLDERS)}/cur`, 1 + seeded.below(500));
    }
    const [arriving, read, flagged, moved] = [
      steadily(count * RATES.arrive),
      steadily(count * RATES.read),
      steadily(count * RATES.flag),
      steadily(count * RATES.move),
    ];
    return async () => {
      await times(arriving, async () => await maildir.arrive("inbox/new", 0));
      await times(read, async () => {
        await maildir.rename(/^inbox\/new\//, (path) => `${path.replace("new/", "cur/")}:2,S`);
      });
      await times(flagged, async () => await maildir.rename(/\/cur\//, (path) => `${path}F`));
      await times(moved, async () => {
        await maildir.rename(/\/cur\//, (path) => path.replace(/^[^/]+/, "archive.2026"));
      });
    };
  },
};

async function times(count: () => number, act: () => Promise<void>): Promise<void> {
  for (let left = count(); left > 0; left -= 1) await act();
}

class Maildir {
  readonly #tree: LivingTree;
  readonly #seeded: Seeded;
  readonly #paths: string[] = [];

  constructor(tree: LivingTree, seeded: Seeded) {
    this.#tree = tree;
    this.#seeded = seeded;
  }

  async arrive(folder: string, age: number): Promise<void> {
    const path = `${folder}/${FIRST + 3600 * this.#paths.length}.M${this.#seeded.below(1e6)}.host`;
    this.#paths.push(path);
    const text = this.#seeded.text(this.#seeded.length(2000, 80_000));
    await this.#tree.write(`home/alice/mail/${path}`, text, age);
  }

  /** One of the latest messages whose path is like that. */
  async rename(like: RegExp, renamed: (path: string) => string): Promise<void> {
    const path = this.#seeded.of(this.#paths.filter((one) => like.test(one)).slice(-RECENT));
    const next = renamed(path);
    this.#paths[this.#paths.indexOf(path)] = next;
    if (next !== path) {
      await this.#tree.rename(`home/alice/mail/${path}`, `home/alice/mail/${next}`);
    }
  }
}
