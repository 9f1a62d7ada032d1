import { appendFile, mkdir, open, rename, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const DAY = 86_400;
/** Seconds since the epoch at which the first night begins: the same in every run. */
const FIRST_NIGHT = 1_790_000_000;

/** Files in a folder whose times are those of the nights in which they changed, in whole seconds. */
export class LivingTree {
  readonly root: string;
  readonly #made = new Set<string>();
  readonly #touched = new Set<string>();
  #now = FIRST_NIGHT;

  constructor(root: string) {
    this.root = root;
  }

  /** @param age of the file, in days */
  async write(path: string, content: Uint8Array, age = 0): Promise<void> {
    await this.#enter(path);
    await writeFile(join(this.root, path), content);
    await this.#date(path, age);
  }

  async append(path: string, content: Uint8Array): Promise<void> {
    await appendFile(join(this.root, path), content);
    await this.#date(path);
  }

  /** Overwrites what stands at an offset, in bytes. */
  async overwrite(path: string, writes: Iterable<readonly [offset: number, Uint8Array]>) {
    const file = await open(join(this.root, path), "r+");
    try {
      for (const [offset, content] of writes) await file.write(content, 0, content.length, offset);
    } finally {
      await file.close();
    }
    await this.#date(path);
  }

  /** The file keeps its time. */
  async rename(from: string, to: string): Promise<void> {
    await this.#enter(from);
    await this.#enter(to);
    await rename(join(this.root, from), join(this.root, to));
  }

  /** The file's time becomes the present, its content stays. */
  async touch(path: string): Promise<void> {
    await this.#date(path);
  }

  async remove(path: string): Promise<void> {
    await this.#enter(path);
    await rm(join(this.root, path));
  }

  /** Gives the folders that changed the time of this night, and begins the next day. */
  async endNight(): Promise<void> {
    for (const folder of this.#touched) await this.#date(folder);
    this.#touched.clear();
    this.#now += DAY;
  }

  async #enter(path: string): Promise<void> {
    const folder = dirname(path);
    this.#touched.add(folder);
    if (this.#made.has(folder)) return;
    await mkdir(join(this.root, folder), { recursive: true });
    for (let made = folder; !this.#made.has(made); made = dirname(made)) {
      this.#made.add(made);
      // A new folder is an entry of the one above it.
      this.#touched.add(made).add(dirname(made));
    }
  }

  async #date(path: string, age = 0): Promise<void> {
    const seconds = this.#now - Math.round(age * DAY);
    await utimes(join(this.root, path), seconds, seconds);
  }
}
