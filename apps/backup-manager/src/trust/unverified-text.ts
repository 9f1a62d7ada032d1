import type { UnverifiedReason } from "@backuppc-archive-s3/backup-catalog";

/** Why an archive is not verified, to follow "it is not verified:". */
export function unverifiedText(reason: UnverifiedReason): string {
  return TEXTS[reason];
}

const TEXTS: Readonly<Record<UnverifiedReason, string>> = {
  "no-marker": "it is incomplete, so nobody has signed it",
  "two-markers": "it has two markers",
  "marker-disagrees": "its marker counts something else than archive.json",
  "no-signers": "no signing key is known",
  "bad-signature": "no known key has signed it",
};

/** What to do about it. */
export function unverifiedRemedy(reason: UnverifiedReason): string {
  if (reason === "no-signers")
    return "Name the public signing key of archive-host in `signers` of the configuration.";
  if (reason === "bad-signature")
    return "If another archive-host wrote it, name its public signing key in `signers`; otherwise it was changed or forged: archive the host again.";
  return "Archive the backup again.";
}
