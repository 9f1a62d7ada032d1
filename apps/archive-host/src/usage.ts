/** The arguments, in BackupPC's order, and what each is. */
export const ARGUMENTS: readonly (readonly [name: string, what: string])[] = [
  ["tarCreatePath", "BackupPC_tarCreate"],
  ["splitPath", "accepted and unused"],
  ["parPath", "accepted and unused"],
  ["host", "BackupPC's name of the host"],
  ["bkupNum", "the backup's number"],
  ["compPath", "/bin/cat or empty: no compression; gzip, bzip2 or another program"],
  ["fileExt", "the suffix of what that program writes, such as .gz"],
  ["splitSize", "no chunk is longer, in bytes; 0 or 0000000 sets no bound"],
  ["outLoc", "the working directory: chunk index, lock, signing key, status"],
  ["parFile", "accepted and unused"],
  ["share", "a share, or * for all"],
];

export const NAMES: readonly string[] = ARGUMENTS.map(([name]) => name);

export const USAGE = `archive-host ${NAMES.join(" ")}`;
