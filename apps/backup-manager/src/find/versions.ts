import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { factsOf, type MemberFacts } from "../members/member-facts.ts";
import { type LinkTargets, targetOf } from "../members/link-targets.ts";
import { memberName } from "../members/member-name.ts";

/** Which archive of a host. */
export interface ArchiveOfHost {
  readonly number: number;
  readonly attempt: string;
}

/** One name of a host, as its archives have it. */
export interface FoundName {
  readonly host: string;
  readonly name: string;
  /** The oldest first. */
  readonly versions: readonly FoundVersion[];
}

/** A member that was the same in several archives. */
interface FoundVersion {
  readonly member: MemberFacts;
  /** Of the oldest archive. */
  readonly targets: LinkTargets;
  /** The oldest first. */
  readonly archives: readonly ArchiveOfHost[];
}

/** Gathers the members of a host's archives that match, by name and by version. */
export class Versions {
  readonly #names = new Map<string, (FoundVersion & { archives: ArchiveOfHost[] })[]>();

  /** Archives come oldest first. */
  add(member: IndexedMember, archive: ArchiveOfHost, targets: LinkTargets): void {
    const name = memberName(member);
    const versions = this.#names.get(name) ?? [];
    this.#names.set(name, versions);
    const last = versions.at(-1);
    // The same name again in one tar: the later one is what a restore leaves.
    if (last?.archives.at(-1) === archive) this.#dropLast(versions);
    const before = versions.at(-1);
    const version = { member: factsOf(member), targets, archives: [archive] };
    if (before !== undefined && isSame(before, version)) before.archives.push(archive);
    else versions.push(version);
  }

  /** By name. */
  found(host: string): FoundName[] {
    return [...this.#names]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, versions]) => ({ host, name, versions }));
  }

  #dropLast(versions: { archives: ArchiveOfHost[] }[]): void {
    const last = versions.at(-1);
    last?.archives.pop();
    if (last?.archives.length === 0) versions.pop();
  }
}

function isSame(one: FoundVersion, other: FoundVersion): boolean {
  return (
    SAME.every((field) => one.member[field] === other.member[field]) &&
    targetOf(one.member, one.targets) === targetOf(other.member, other.targets)
  );
}

const SAME = ["type", "mode", "uid", "gid", "mtime", "size"] as const;
