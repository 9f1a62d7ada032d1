import type { Trust } from "@backuppc-archive-s3/backup-catalog";
import { readFingerprints, readSigners } from "@backuppc-archive-s3/gpg";
import { decompressorsOf, type Settings } from "@backuppc-archive-s3/settings";
import { readSignerKeys } from "./signer-keys.ts";

type Rules = Pick<
  Settings,
  | "signers"
  | "stateDirectory"
  | "encryption"
  | "recipients"
  | "filters"
  | "compression"
  | "passphrase"
  | "passphraseFile"
  | "passphraseCommand"
>;

/**
 * What the configuration demands of an archive. Who names no recipients, such as on a machine that only writes restore
 * scripts, accepts any that a verified archive names.
 *
 * @throws {ManagerError} code `signer-key`
 * @throws {EncryptionError} code `key-file` or `key-unusable`
 */
export async function buildTrust(rules: Rules): Promise<Trust> {
  const { encryption, recipients } = rules;
  const keys = await readSignerKeys(rules);
  const { passphrase, passphraseFile, passphraseCommand } = rules;
  return {
    ...(keys.length > 0 && { verifier: await readSigners(keys) }),
    allowPlaintext: encryption === "none",
    ...(recipients.length > 0 && { recipients: await readFingerprints(recipients) }),
    passphrase: [passphrase, passphraseFile, passphraseCommand].some((one) => one !== undefined),
    filters: decompressorsOf(rules),
  };
}
