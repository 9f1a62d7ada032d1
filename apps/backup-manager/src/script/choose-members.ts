import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import type { ChunkEntry } from "@backuppc-archive-s3/backup-catalog";
import type { OnlyMembers } from "@backuppc-archive-s3/restore-script";
import { globTest } from "../find/glob.ts";
import { nearestNames } from "../ls/nearest-names.ts";
import { ManagerError } from "../manager-error.ts";
import { memberName, plainName } from "../members/member-name.ts";
import { printable } from "../text/printable.ts";
import { chunksWith } from "./chunks-with.ts";
import { indexName } from "./index-name.ts";

/**
 * The members that paths stand for, and the chunks that hold them: files, folders with all below, and patterns where
 * nothing is called so. What a hard link leads to belongs to it.
 *
 * @param read gives the members of the archive, anew at each call
 * @throws {ManagerError} code `no-such-member`, with the nearest names
 */
export async function chooseMembers(
  paths: readonly string[],
  chunks: readonly ChunkEntry[],
  read: () => AsyncIterable<IndexedMember>,
): Promise<OnlyMembers> {
  const wanted = paths.map((path) => new WantedPath(path));
  for await (const member of read()) for (const path of wanted) path.offer(member);
  for (const path of wanted) if (!path.isFound) throw await noSuchMember(path, read());
  const members = wanted.flatMap((path) => path.found);
  const targets = new Set(members.flatMap(({ linkOffset }) => linkOffset ?? []));
  if (targets.size > 0)
    for await (const member of read()) if (targets.has(member.offset)) members.push(member);
  return {
    names: [...new Set(wanted.flatMap((path) => path.names))],
    chunks: chunksWith(members, chunks),
  };
}

/** A path as somebody typed it, and what the archive has of it. */
class WantedPath {
  readonly name: string;
  readonly #matches: (name: string) => boolean;
  readonly #exact: IndexedMember[] = [];
  readonly #matched: IndexedMember[] = [];
  readonly #matchedNames = new Set<string>();

  constructor(typed: string) {
    this.name = plainName(typed);
    // The root is no pattern.
    this.#matches = this.name === "" ? () => false : globTest(typed);
  }

  /** In the order of the tar. */
  offer(member: IndexedMember): void {
    const name = memberName(member);
    if (isWithin(name, this.name)) this.#exact.push(member);
    else if (this.#isMatched(name)) {
      this.#matched.push(member);
      this.#matchedNames.add(indexName(member.path));
    }
  }

  get isFound(): boolean {
    return this.found.length > 0;
  }

  get found(): readonly IndexedMember[] {
    return this.#exact.length > 0 ? this.#exact : this.#matched;
  }

  /** As the script looks them up. */
  get names(): readonly string[] {
    if (this.#exact.length > 0) return [indexName(Buffer.from(this.name))];
    return [...this.#matchedNames];
  }

  /** Itself or a folder above it. */
  #isMatched(name: string): boolean {
    for (let end = name.length; end > 0; end = name.lastIndexOf("/", end - 1))
      if (this.#matches(name.slice(0, end))) return true;
    return false;
  }
}

function isWithin(name: string, folder: string): boolean {
  return folder === "" || name === folder || name.startsWith(`${folder}/`);
}

async function noSuchMember(
  { name }: WantedPath,
  members: AsyncIterable<IndexedMember>,
): Promise<ManagerError> {
  const near = await nearestNames(members, name);
  const hint =
    near.length === 0
      ? "backup-manager ls lists the names."
      : `Did you mean ${near.map(printable).join(", ")}?`;
  return new ManagerError("no-such-member", `the archive has no ${printable(name)}`, hint);
}
