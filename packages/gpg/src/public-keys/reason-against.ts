import type { Key } from "openpgp";
import { messageOf } from "../message-of.ts";

/** Why a key can't be encrypted to, in words for its owner: the error of openpgp.js names neither dates nor a remedy. */
export async function reasonAgainst(key: Key, error: unknown, now: Date): Promise<string> {
  const made = key.getCreationTime();
  if (made > now) return `it was made on ${day(made)}, which is in the future: check the clock`;
  const reason = messageOf(error).replace(NO_SUBKEY, "").replace(/\.$/, "");
  if (reason === "Primary key is expired") return `it expired${await expiry(key)}`;
  // openpgp.js checks these with a library that it does not bring along.
  if (reason.includes("eckey-utils"))
    return "it signs with a Brainpool curve, which cannot be checked";
  return REASONS[reason] ?? reason;
}

/** Stands before the reason, or alone where no subkey came into question. */
const NO_SUBKEY = /^.*Could not find valid encryption key packet in key \w+(: )?/;

const REASONS: Readonly<Record<string, string>> = {
  "": "it can only sign, not encrypt",
  "Primary key is revoked": "it is revoked",
  "Primary user is revoked": "its user ID is revoked",
  "Subkey is revoked": "its encryption subkey is revoked",
  "Subkey is expired": "its encryption subkey is expired",
};

async function expiry(key: Key): Promise<string> {
  const time = await key.getExpirationTime();
  return time instanceof Date ? ` on ${day(time)}` : "";
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
