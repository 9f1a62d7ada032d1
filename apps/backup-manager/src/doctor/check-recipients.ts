import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "@backuppc-archive-s3/settings";
import { runProgram } from "../program/run-program.ts";
import { asFailure, failed, type Finding, ok, unknown, warning } from "./finding.ts";
import { type ListedKey, parseKeyListing } from "./key-listing.ts";

/** Whether each public key can still be encrypted to, and until when. @param now for tests */
export async function checkRecipients(
  { recipients }: Pick<Settings, "recipients">,
  now: Date = new Date(),
): Promise<Finding[]> {
  if (recipients.length === 0) return [];
  // gpg would make a folder in the user's home, which backuppc may not want or have.
  const home = await mkdtemp(join(tmpdir(), "backup-manager-gpg-"));
  try {
    return await Promise.all(recipients.map(async (file) => await checkKeyFile(file, home, now)));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function checkKeyFile(file: string, home: string, now: Date): Promise<Finding> {
  const check = `key ${file}`;
  const args = ["--homedir", home, "--batch", "--with-colons", "--show-keys", file];
  try {
    const { status, stdout, stderr } = await runProgram("gpg", args);
    const [key, ...others] = parseKeyListing(stdout);
    if (status !== 0 || key === undefined)
      return failed(check, new Error(`holds no public key: ${stderr.trim().split("\n").at(-1)}`));
    if (others.length > 0)
      return failed(check, new Error("holds several keys: give each its file"));
    return stateOf(check, key, now);
  } catch (error) {
    return unknown(check, error);
  }
}

function stateOf(check: string, key: ListedKey, now: Date): Finding {
  const { fingerprint, canEncrypt, expires } = key;
  const remedy = "Put a fresh export of the key there: gpg --export --armor KEY";
  if (!canEncrypt)
    return asFailure(warning(check, `${fingerprint} is expired, revoked or can't encrypt`, remedy));
  if (expires === undefined) return ok(check, `${fingerprint} never expires`);
  const day = expires.toISOString().slice(0, 10);
  const left = expires.getTime() - now.getTime();
  if (left < SOON) return warning(check, `${fingerprint} expires on ${day}`, remedy);
  return ok(check, `${fingerprint} expires on ${day}`);
}

/** 60 days, in milliseconds: time to ask its owner for another. */
const SOON = 60 * 86_400_000;
