import type { Finding } from "@backuppc-archive-s3/backup-catalog";
import { posix } from "node:path";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { unverifiedRemedy, unverifiedText } from "../trust/unverified-text.ts";

/** What was found, in words. */
export function findingText(finding: Finding): string {
  const name = "key" in finding ? printable(posix.basename(finding.key)) : "";
  switch (finding.kind) {
    case "missing":
    case "no-sums":
    case "no-key":
    case "missing-members":
      return `${name} is missing`;
    case "extra":
      return `${name} does not belong to the archive; it harms no restore`;
    case "wrong-length":
      return `${name} has ${count(finding.found, "byte")}, not ${finding.expected}`;
    case "damaged": {
      // The catalog's reasons begin with the key.
      const reason = printable(finding.reason).replace(printable(finding.key), name);
      return reason.startsWith(name) ? reason.replace(/\.$/, "") : `${name}: ${reason}`;
    }
    case "no-marker":
      return "it is incomplete";
    case "not-verified":
      return `it is not verified: ${unverifiedText(finding.reason)}. ${unverifiedRemedy(finding.reason)}`.replace(
        /\.$/,
        "",
      );
    default:
      return printable(finding.reason).replace(/\.$/, "");
  }
}

/** Whether it keeps the archive from being restored and believed. */
export function isDamage({ kind }: Finding): boolean {
  return kind !== "extra" && kind !== "not-verified";
}
