import { printable } from "../text/printable.ts";
import type { Started } from "./start-archives.ts";

/** @param test it was not asked for, but would be */
export function startedLine({ archiveHost, hosts }: Started, test: boolean): string {
  if (hosts.length === 0) return "No host needs another archive\n";
  const was = test ? "would be" : "was";
  return `BackupPC ${was} asked to archive ${hosts.map(printable).join(", ")} by ${printable(archiveHost)}\n`;
}
