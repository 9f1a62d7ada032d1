import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { distance } from "fastest-levenshtein";
import { memberName } from "../members/member-name.ts";

/** More would not help. */
const MOST = 3;

/** The names that a mistyped path may have meant, the nearest first. A name's last part at any place counts as near, too. */
export async function nearestNames(
  members: AsyncIterable<IndexedMember>,
  path: string,
): Promise<readonly string[]> {
  const last = lastPart(path);
  // A third of the letters may be wrong.
  const most = Math.max(1, Math.floor(path.length / 3));
  const near = new Map<string, number>();
  for await (const member of members) {
    const name = memberName(member);
    const letters = name === "" ? Number.POSITIVE_INFINITY : distance(name, path);
    const far = lastPart(name) === last ? Math.min(letters, most) : letters;
    if (far <= most) near.set(name, far);
  }
  return [...near]
    .toSorted(([, one], [, other]) => one - other)
    .slice(0, MOST)
    .map(([name]) => name);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
