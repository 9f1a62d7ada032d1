import type { GcRefusal } from "@backuppc-archive-s3/backup-catalog";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";

/** Why nothing of a host is freed, in words. */
export function refusalText({ kind, archive, reason, until }: GcRefusal): string {
  const title = `archive ${archive.number}, attempt ${archive.attempt}`;
  const why = `${TEXTS[kind]}: ${printable(reason).replace(/\.$/, "")}`;
  const wait = until === undefined ? "" : ` That ends by itself on ${localTime(until)}.`;
  return `no chunk is deleted, because ${title} ${why}.${wait} ${REMEDIES[kind]}`;
}

const TEXTS: Readonly<Record<GcRefusal["kind"], string>> = {
  "bad-head": "cannot be read",
  "no-head": "has lost its archive.json",
  "not-verified": "is not verified",
};

const REMEDIES: Readonly<Record<GcRefusal["kind"], string>> = {
  "bad-head": "Delete it by its number if it is of no use.",
  "no-head": "Delete it by its number.",
  "not-verified":
    "If it is genuine, name its public signing key in `signers`; otherwise delete it.",
};
