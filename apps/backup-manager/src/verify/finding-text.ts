import type { Finding } from "@backuppc-archive-s3/backup-catalog";
import { posix } from "node:path";
import { printable } from "../text/printable.ts";

/** What was found, in words. */
export function findingText(finding: Finding): string {
  const name = "key" in finding ? printable(posix.basename(finding.key)) : "";
  switch (finding.kind) {
    case "missing":
      return `${name} is missing`;
    case "extra":
      return `${name} is not in the manifest: it harms no restore`;
    case "no-sums":
      return `${name} is missing`;
    case "wrong-length":
      return `${name} has ${finding.found} bytes, not ${finding.expected}`;
    case "damaged": {
      // The catalog's reasons begin with the whole key.
      const reason = printable(finding.reason).replace(printable(finding.key), name);
      return reason.startsWith(name) ? reason.replace(/\.$/, "") : `${name}: ${reason}`;
    }
    case "no-marker":
      return "it is unfinalized";
    default:
      return printable(finding.reason);
  }
}

/** Whether it keeps the archive from being restored and trusted. */
export function isDamage({ kind }: Finding): boolean {
  return kind !== "extra";
}
