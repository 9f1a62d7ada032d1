import type { LivingTree } from "./living-tree.ts";
import type { Part } from "./part.ts";
import type { Seeded } from "./seeded.ts";

const NAMES = ["one", "two", "three"];
/** In a folder of the work tree. */
const FILES = 50;
/** Of a repository's bytes are in its pack. */
const PACKED = 0.6;
/** Of the files of the work tree change each night, those that lie beside each other. */
const CHANGED = 0.003;

/** Clones: a pack that stays, a work tree some files of which change, and the objects of new commits. */
export const repositories: Part = {
  share: 0.2,
  begin: async (tree, seeded, bytes) => {
    const clones: Clone[] = [];
    for (const name of NAMES) {
      clones.push(await clone(tree, seeded, `home/alice/src/${name}`, bytes / NAMES.length));
    }
    return async () => {
      for (const files of clones) await commit(tree, seeded, files);
    };
  },
};

interface Clone {
  readonly folder: string;
  readonly files: readonly string[];
}

async function clone(
  tree: LivingTree,
  seeded: Seeded,
  folder: string,
  bytes: number,
): Promise<Clone> {
  const files: string[] = [];
  const pack = seeded.bytes(Math.round(bytes * PACKED));
  await tree.write(`${folder}/.git/objects/pack/pack-0.pack`, pack, 100);
  for (let left = bytes * (1 - PACKED); left > 0;) {
    const path = `${folder}/src/${Math.floor(files.length / FILES)}/file-${files.length}.c`;
    const content = seeded.text(seeded.length(500, 60_000));
    await tree.write(path, content, 100);
    files.push(path);
    left -= content.length;
  }
  await tree.write(`${folder}/.git/index`, seeded.bytes(100 * files.length), 1);
  return { folder, files };
}

async function commit(tree: LivingTree, seeded: Seeded, { folder, files }: Clone): Promise<void> {
  const changed = Math.ceil(files.length * CHANGED);
  const first = seeded.below(files.length - changed + 1);
  for (const path of files.slice(first, first + changed)) {
    await tree.write(path, seeded.text(seeded.length(500, 60_000)));
    const id = seeded.bytes(20).toString("hex");
    const object = `${folder}/.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
    await tree.write(object, seeded.bytes(seeded.length(200, 20_000)));
  }
  await tree.write(`${folder}/.git/index`, seeded.bytes(100 * files.length));
}
