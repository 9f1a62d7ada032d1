import type { Trouble, TroubleKind } from "../../src/nightly/trouble.ts";

/** One example of each kind, as a night could bring it. */
export const EXAMPLES: Readonly<Record<TroubleKind, Trouble>> = {
  vanished: {
    kind: "vanished",
    host: "gandalf",
    attempt: undefined,
    since: undefined,
    why: "its archives are no longer there",
  },
  empty: {
    kind: "empty",
    host: undefined,
    attempt: undefined,
    since: undefined,
    why: "there is no archive at all",
  },
  damaged: {
    kind: "damaged",
    host: "witte",
    attempt: "20261121T031500Z-5f3a9c",
    since: new Date("2026-11-21T03:15:00Z"),
    why: "backup 41: 20261121T031500Z-5f3a9c.00000017.gz.gpg is missing and 2 more",
  },
  "not-proven": {
    kind: "not-proven",
    host: "gandalf",
    attempt: "20261122T031500Z-0b77de",
    since: undefined,
    why: "the restore script failed: Wrong passphrase.",
  },
  unverified: {
    kind: "unverified",
    host: "gandalf",
    attempt: "20261122T031500Z-0b77de",
    since: new Date("2026-11-22T03:15:00Z"),
    why: "backup 130: it is not verified: no signing key is known. Name one in `signers` of the configuration",
  },
  unchecked: {
    kind: "unchecked",
    host: "gandalf",
    attempt: "20261122T031500Z-0b77de",
    since: new Date("2026-11-22T03:15:00Z"),
    why: "backup 130: the store answers differently each time",
  },
  never: {
    kind: "never",
    host: "sam",
    attempt: undefined,
    since: undefined,
    why: "nobody has asked BackupPC for one",
  },
  "not-backed-up": {
    kind: "not-backed-up",
    host: "frodo",
    attempt: undefined,
    since: new Date("2026-11-12T00:10:00Z"),
    why: "Unable to read 4 bytes",
  },
  overdue: {
    kind: "overdue",
    host: "frodo",
    attempt: "20261120T041000Z-aa01f2",
    since: new Date("2026-11-12T04:40:00Z"),
    why: "BackupPC_tarCreate ended with status 1.",
  },
  "no-script": {
    kind: "no-script",
    host: "frodo",
    attempt: undefined,
    since: undefined,
    why: "there is no complete archive of frodo.",
  },
  "not-deleted": {
    kind: "not-deleted",
    host: "witte",
    attempt: undefined,
    since: undefined,
    why: "an archive is from the future: check this machine's clock",
  },
  "not-freed": {
    kind: "not-freed",
    host: undefined,
    attempt: undefined,
    since: undefined,
    why: "witte: 2 chunks could not be deleted: AccessDenied",
  },
};
