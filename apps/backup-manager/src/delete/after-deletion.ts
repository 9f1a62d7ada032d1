import type { Inventory, ListedAttempt } from "@backuppc-archive-s3/backup-catalog";

/** The inventory as it would be without these archives: their heads would still hold chunks. @param attempts by id */
export function afterDeletion(inventory: Inventory, attempts: ReadonlySet<string>): Inventory {
  const left = inventory.attempts.map((each) =>
    attempts.has(each.id.attempt) ? withoutMarker(each) : each,
  );
  return { ...inventory, attempts: left };
}

function withoutMarker(listed: ListedAttempt): ListedAttempt {
  const { marker: _, head, ...attempt } = listed;
  const deleted = { ...attempt, hasManifest: false };
  if (head === undefined) return deleted;
  if (head.state === "unreadable") return { ...deleted, head };
  return { ...deleted, head: { ...head, trust: { state: "unverified", reason: "no-marker" } } };
}
