import type { IndexedMember } from "@backuppc-archive-s3/archiver";

export interface Choice {
  /** How many at random. */
  readonly sample: number;
  /** Bytes: no larger file is chosen. */
  readonly largest: number;
  /** From 0 to less than 1; `Math.random` unless given. */
  readonly random?: () => number;
}

/**
 * Random members, the largest file, and a hard link, each once. Folders are not chosen, since all below would come with
 * them, nor devices, which only root can make. Holds no more members than it chooses.
 */
export async function chooseMembers(
  members: AsyncIterable<IndexedMember>,
  { sample, largest: most, random = Math.random }: Choice,
): Promise<IndexedMember[]> {
  const some = new Reservoir(sample, random);
  const link = new Reservoir(1, random);
  let largest: IndexedMember | undefined;
  for await (const member of members) {
    if (!isRestorable(member) || member.size > most) continue;
    some.add(member);
    if (member.type === "1") link.add(member);
    if (isFile(member) && (largest === undefined || member.size > largest.size)) largest = member;
  }
  return [...new Set([...some.kept, ...link.kept, ...(largest === undefined ? [] : [largest])])];
}

/** Each member is kept with the same chance, however many follow. */
class Reservoir {
  readonly kept: IndexedMember[] = [];
  readonly #size: number;
  readonly #random: () => number;
  #seen = 0;

  constructor(size: number, random: () => number) {
    this.#size = size;
    this.#random = random;
  }

  add(member: IndexedMember): void {
    this.#seen++;
    if (this.kept.length < this.#size) this.kept.push(member);
    else {
      const place = Math.floor(this.#random() * this.#seen);
      if (place < this.#size) this.kept[place] = member;
    }
  }
}

function isRestorable(member: IndexedMember): boolean {
  const { type, linkOffset, path } = member;
  // No tar restores a name that leads out of the directory.
  if (/(?:^|\/)\.\.(?:\/|$)/.test(path.toString("latin1"))) return false;
  if (type === "1") return linkOffset !== undefined;
  return isFile(member) || type === "2" || type === "6";
}

/** Plain, of an old tar, or with holes. */
function isFile({ type }: IndexedMember): boolean {
  return type === "0" || type === "7" || type === "S";
}
