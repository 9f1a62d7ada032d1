import type { RetentionPolicy } from "@backuppc-archive-s3/backup-catalog";

/** What every command knows. */
interface Common {
  /** Path of the configuration file. */
  readonly config: string | undefined;
  readonly json: boolean;
  /** Print only what needs attention. */
  readonly quiet: boolean;
  /** Print what would be done, and do nothing. */
  readonly test: boolean;
  /** List the archives afterwards. */
  readonly list: boolean;
}

export interface ListInvocation extends Common {
  readonly command: "list";
  readonly host: string | undefined;
  /** BackupPC's backup number. */
  readonly number: number | undefined;
  /** Days within which each host must have a complete archive. */
  readonly overdue: number | undefined;
}

export interface ShowInvocation extends Common {
  readonly command: "show";
  readonly host: string;
  readonly number: number;
  readonly attempt: string | undefined;
}

export interface DeleteInvocation extends Common {
  readonly command: "delete";
  readonly selection: DeleteSelection;
  /** Delete every version. */
  readonly purgeVersions: boolean;
  /** Have BackupPC archive the hosts with fewer than `keep` + 1 archives. */
  readonly start: { readonly keep: number; readonly archiveHost: string | undefined } | undefined;
}

/** By a policy, all hosts' or one's; or all archives of one backup, or one of them. */
type DeleteSelection =
  | { readonly policy: RetentionPolicy; readonly host: string | undefined }
  | { readonly host: string; readonly number: number; readonly attempt: string | undefined };

export interface VerifyInvocation extends Common {
  readonly command: "verify";
  readonly host: string | undefined;
  readonly number: number | undefined;
  readonly attempt: string | undefined;
  /** Percent of the chunks to download; none if undefined. */
  readonly data: number | undefined;
}

export interface GcInvocation extends Common {
  readonly command: "gc";
  readonly host: string | undefined;
  readonly purgeVersions: boolean;
}

export interface ScriptInvocation extends Common {
  readonly command: "script";
  readonly target: ScriptTarget;
  /** How long the URLs shall work, seconds. */
  readonly expire: number;
  /** Archives without a marker will do. */
  readonly incomplete: boolean;
  /** So will those whose signature does not verify. */
  readonly acceptUnverified: boolean;
  readonly probe: boolean;
}

/** Which archives get a restore script, and where it goes. */
type ScriptTarget =
  | {
      readonly host: string;
      readonly number: number | undefined;
      readonly attempt: string | undefined;
      /** To stdout if undefined. */
      readonly filename: string | undefined;
    }
  | { readonly directory: string };

export interface RekeyInvocation extends Common {
  readonly command: "rekey";
  /** All hosts that have archives if undefined. */
  readonly hosts: readonly string[] | undefined;
  /** The configuration's passphrase if undefined. */
  readonly oldPassphraseFile: string | undefined;
  /** Asked for at the terminal if undefined. */
  readonly newPassphraseFile: string | undefined;
}

export interface StartInvocation extends Common {
  readonly command: "start";
  readonly hosts: readonly string[];
  readonly archiveHost: string | undefined;
}

export interface DoctorInvocation extends Common {
  readonly command: "doctor";
}

export interface PolicyInvocation extends Common {
  readonly command: "policy";
  readonly role: Role;
  /** Rights to delete every version, too. */
  readonly purgeVersions: boolean;
}

export const ROLES = ["uploader", "manager", "signer"] as const;

/** Whose rights a policy gives. */
export type Role = (typeof ROLES)[number];

/** What the user asked for. */
export type Invocation =
  | ListInvocation
  | ShowInvocation
  | DeleteInvocation
  | VerifyInvocation
  | GcInvocation
  | ScriptInvocation
  | RekeyInvocation
  | StartInvocation
  | DoctorInvocation
  | PolicyInvocation;
