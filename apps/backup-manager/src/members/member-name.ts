import type { IndexedMember } from "@backuppc-archive-s3/archiver";

/**
 * A member's name as people write it: `etc/fstab` for `./etc/fstab` and `/etc/fstab`; `""` for the root. Bytes that
 * are not UTF-8 become U+FFFD.
 */
export function memberName({ path }: Pick<IndexedMember, "path">): string {
  return plainName(path.toString("utf8"));
}

/** The same of a name that somebody typed. */
export function plainName(name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  return parts.join("/");
}
