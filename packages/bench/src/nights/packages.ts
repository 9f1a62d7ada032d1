import type { LivingTree } from "./living-tree.ts";
import type { Part } from "./part.ts";
import type { Seeded } from "./seeded.ts";
import { steadily } from "./steadily.ts";

/** Bytes of a package, as in a Debian of 371 packages. */
const PACKAGE = 4.1e6;
/** Of the packages are upgraded each night. */
const UPGRADED = 0.03;

interface File {
  readonly path: string;
  readonly length: number;
  readonly text: boolean;
}

interface Package {
  readonly name: string;
  readonly files: readonly File[];
}

/** Installed software: some of it is upgraded each night, and now and then some is new. */
export const packages: Part = {
  share: 0.44,
  begin: async (tree, seeded, bytes) => {
    const count = Math.max(3, Math.round(bytes / PACKAGE));
    const installed = Array.from({ length: count }, (_, index) => {
      return newPackage(seeded, `package-${index}`, bytes / count);
    });
    for (const one of installed) await install(tree, seeded, one, 1 + seeded.below(300));
    await writeStatus(tree, seeded, installed.length);
    const upgrades = steadily(count * UPGRADED);
    return async (night) => {
      for (let left = upgrades(); left > 0; left -= 1) {
        await upgrade(tree, seeded, seeded.of(installed));
      }
      if (night % 2 === 0) {
        const added = newPackage(seeded, `added-${night}`, bytes / count / 4);
        installed.push(added);
        await install(tree, seeded, added, 0);
      }
      await writeStatus(tree, seeded, installed.length);
    };
  },
};

/** Its files are spread over the system as a real one's. */
function newPackage(seeded: Seeded, name: string, bytes: number): Package {
  const files: File[] = [];
  let left = bytes;
  for (let index = 0; left > 0; index += 1) {
    const length = seeded.length(500, 300_000);
    files.push({ path: pathOf(name, index), length, text: seeded.below(10) < 6 });
    left -= length;
  }
  return { name, files };
}

function pathOf(name: string, index: number): string {
  if (index < 2) return `usr/bin/${name}-${index}`;
  if (index < 5) return `usr/lib/x86_64-linux-gnu/lib${name}.so.${index}`;
  if (index < 7) return `var/lib/dpkg/info/${name}.${index === 5 ? "list" : "md5sums"}`;
  if (index < 10) return `usr/share/doc/${name}/file-${index}`;
  return index % 2 === 0 ? `usr/lib/${name}/file-${index}` : `usr/share/${name}/file-${index}`;
}

async function install(tree: LivingTree, seeded: Seeded, { files }: Package, age: number) {
  for (const { path, length, text } of files) {
    await tree.write(path, text ? seeded.text(length) : seeded.bytes(length), age);
  }
}

/** Every file is a new one, half of them with the content that it had. */
async function upgrade(tree: LivingTree, seeded: Seeded, { files }: Package): Promise<void> {
  for (const { path, length, text } of files) {
    if (seeded.below(2) === 0) await tree.touch(path);
    else await tree.write(path, text ? seeded.text(length) : seeded.bytes(length));
  }
}

async function writeStatus(tree: LivingTree, seeded: Seeded, count: number): Promise<void> {
  await tree.write("var/lib/dpkg/status", seeded.text(6000 * count));
}
