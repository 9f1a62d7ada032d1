import type { PublicKey } from "./public-keys/public-key.ts";
import { SealError } from "./seal-error.ts";

/** Who can open the messages: whoever has the passphrase, and whoever has the secret key of one of the public keys. */
export interface Recipients {
  readonly passphrase?: string | undefined;
  /** From `readPublicKeys`. */
  readonly publicKeys?: readonly PublicKey[] | undefined;
}

/**
 * Refuses what no one could open.
 *
 * @throws {SealError} code `empty-passphrase` or `no-recipient`
 */
export function refuseNoRecipient({ passphrase, publicKeys = [] }: Recipients): void {
  // An empty passphrase protects nothing, and gpg asks again and again for it.
  if (passphrase === "") {
    throw new SealError("empty-passphrase", "The passphrase is empty.", REMEDY);
  }
  if (passphrase !== undefined || publicKeys.length > 0) return;
  throw new SealError("no-recipient", "There is neither a passphrase nor a public key.", REMEDY);
}

const REMEDY = "Set a passphrase or recipients in the configuration.";
