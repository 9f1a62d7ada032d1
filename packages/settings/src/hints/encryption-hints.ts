import type { EncryptionError } from "@backuppc-archive-s3/gpg";
import type { HintsFor } from "./hints-for.ts";

const GIVE = "Give a passphrase or a public key.";
const REPORT = "Report it with this line.";

export const ENCRYPTION_HINTS = {
  "empty-passphrase": GIVE,
  "no-recipient": GIVE,
  "key-file": "Export it again, where the key is: gpg --armor --output FILE --export KEY",
  "key-unusable":
    "Let its owner fix the key and export it again, or remove it from the recipients.",
  signer: "Remove it from the signers, or export it again.",
  "signing-key": "Restore the key's file, or remove it so that a new key is made.",
  "decryption-failed": "Check the passphrase.",
  "bad-message": "It is damaged, or another program wrote it. Use an older copy.",
  "worker-lost": "Use fewer threads if the machine is short of memory.",
  "encryption-failed": REPORT,
  "invalid-input": REPORT,
  closed: REPORT,
} satisfies HintsFor<EncryptionError>;
