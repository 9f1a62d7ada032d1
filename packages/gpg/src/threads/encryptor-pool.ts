import type { Encryptor } from "../encryptor.ts";
import { checkRecipients, type Recipients } from "../recipients.ts";

export interface EncryptorPoolOptions {
  /** Threads, each encrypting one message at a time; one for each CPU is best. A whole number from 1 to 1024. */
  readonly workers: number;
  /**
   * The module that a thread runs, `@backuppc-archive-s3/gpg/worker` unless given.
   * A program bundled into one file gives its own, and imports that module there.
   */
  readonly workerFile?: URL | undefined;
}

/**
 * An encryptor that works in threads. The first thread starts at once, the others when they are needed.
 *
 * @throws {EncryptionError} code `empty-passphrase`, `no-recipient`, `invalid-input` or `worker-lost`
 */
export function createEncryptorPool(
  recipients: Recipients,
  _options: EncryptorPoolOptions,
): Encryptor {
  checkRecipients(recipients);
  throw new Error("not yet");
}
