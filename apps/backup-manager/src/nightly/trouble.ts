/** Something that a person has to see to. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** Undefined where it is of no single host. */
  readonly host: string | undefined;
  /** The attempt it is about, if it is about one. */
  readonly attempt: string | undefined;
  /** BackupPC's backup number, where the next command needs it. */
  readonly number?: number;
  /** Where BackupPC is installed, where the next command is one of its programs. */
  readonly backuppc?: string | undefined;
  /** Since when, if that is known. */
  readonly since: Date | undefined;
  /** In words; BackupPC's last error, where that is the cause. */
  readonly why: string;
}

/** What each kind of trouble means, what is done first, and by which command; `HOST`, `NUMBER`, `ATTEMPT` and `BACKUPPC` stand for the trouble's. */
export const KINDS = {
  vanished: {
    todo: "Find out who emptied the bucket, or whether `bucket`, `prefix` and `endpoint` are still right.",
    next: "backup-manager doctor",
    means:
      "There is no archive of the host in the store, but the chunk index on this machine says that there must be one.",
  },
  empty: {
    todo: "Find out why there is no archive at all.",
    next: "backup-manager doctor",
    means:
      "The store has no archive of any host. Either nothing was ever archived, or the configuration names the wrong place.",
  },
  damaged: {
    todo: "Archive the host again: its lost chunks are uploaded anew.",
    next: "backup-manager start --force HOST",
    means:
      "Chunks of an archive are lost, or have another length than they had. Archives that share them are hit, too. `delete` counts none of them as good, and the restore script is of the newest archive that is undamaged.",
  },
  "not-proven": {
    todo: "Find out why a drill failed.",
    next: "backup-manager drill -H HOST",
    means:
      "A restore script of the host's newest archive could not be run here, or did not bring back what was archived. The reason says which, and what helps.",
  },
  unverified: {
    todo: "Name the public key of the BackupPC server that wrote the archive in `signers`.",
    next: "backup-manager verify -H HOST",
    means:
      "No signing key is known here, or none of those has signed the archive, so nobody can say whether it is genuine. A BackupPC server that was set up anew signs with a new key. If none of your servers wrote the archive, delete it.",
  },
  unchecked: {
    todo: "Check the archive again.",
    next: "backup-manager verify -H HOST",
    means: "An archive could not be checked. It may be intact.",
  },
  never: {
    todo: "Archive the host for the first time.",
    next: "backup-manager run -H HOST",
    means: "BackupPC has a backup of the host, and there has never been an archive of it.",
  },
  "not-backed-up": {
    todo: "Find out why BackupPC does not back up the host.",
    next: "BACKUPPC/bin/BackupPC_dump -v HOST",
    means:
      "The host has had no complete archive for longer than `OVERDUE`, and its newest backup is archived already, so there is nothing to archive. BackupPC's last error is the reason in the table, if it has one. If the host is gone for good, add it to `excludeHosts`.",
  },
  partial: {
    todo: "Find out what BackupPC could not read, by the log of the archive on BackupPC's page, and archive the host again.",
    next: "backup-manager start --force HOST",
    means:
      "The host has had no complete archive for longer than `OVERDUE`, and its newest one is partial: BackupPC could not read all of its backup. `run` does not archive that backup again, since it would have the same errors; it does archive the next one. What is in the archive can be restored (`script -b`).",
  },
  overdue: {
    todo: "Find out why the host is not archived, and archive it.",
    next: "backup-manager run -H HOST",
    means:
      "The host has had no complete archive for longer than `OVERDUE`, or has none at all: its first one is in progress, or failed. Where BackupPC is on this machine, its last error for the host is the reason in the table.",
  },
  "damaged-older": {
    todo: "Delete the damaged archive: a newer one of the host is intact.",
    next: "backup-manager delete -H HOST -b NUMBER --attempt ATTEMPT",
    means:
      "Chunks of an older archive are lost, and archiving the host again brings no older archive back. Restores of the newest archive do not need it. Until you delete it, or `delete` does because of its age, each night reports it.",
  },
  "no-script": {
    todo: "Find out why there is no new restore script: where there is one of an earlier night, its URLs expire.",
    next: "backup-manager list -H HOST",
    means:
      "There is no new restore script for the host. The reason says why: where it has no complete archive, the next one brings the script; where the script could not be written, the directory must be put right.",
  },
  "not-deleted": {
    todo: "See why nothing is deleted.",
    next: "backup-manager delete --age 30d --test",
    means:
      "`delete` stopped for the host, because it could not be sure what may go, or the store refused. Nothing is lost; old archives cost money.",
  },
  "not-freed": {
    todo: "See why nothing is freed.",
    next: "backup-manager gc --test",
    means:
      "`gc` stopped, or the store refused. Nothing is lost; chunks that nobody needs cost money.",
  },
} as const;

export type TroubleKind = keyof typeof KINDS;

/** The most urgent first. */
export function byUrgency(troubles: readonly Trouble[]): Trouble[] {
  const order = Object.keys(KINDS);
  return troubles.toSorted(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) || ((a.host ?? "") < (b.host ?? "") ? -1 : 1),
  );
}

const DEBIANS = "/usr/share/backuppc";

/** The command that comes next. */
export function nextCommand({
  kind,
  host = "HOST",
  number,
  attempt = "ATTEMPT",
  backuppc = DEBIANS,
}: Pick<Trouble, "kind" | "host" | "number" | "backuppc"> &
  Partial<Pick<Trouble, "attempt">>): string {
  const words: Readonly<Record<string, string>> = {
    HOST: shellWord(host),
    NUMBER: String(number ?? "NUMBER"),
    ATTEMPT: shellWord(attempt),
    BACKUPPC: backuppc,
  };
  return KINDS[kind].next.replaceAll(
    /\b(?:HOST|NUMBER|ATTEMPT|BACKUPPC)\b/g,
    (name) => words[name] ?? name,
  );
}

function shellWord(text: string): string {
  return /^[A-Za-z0-9._+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
