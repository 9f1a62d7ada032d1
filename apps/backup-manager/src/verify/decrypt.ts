import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManagerError } from "../manager-error.ts";
import { ProgramFailure, throughProgram } from "../program/through-program.ts";

/** Opens OpenPGP messages by gpg(1), as whoever restores will. */
export interface Decryptor {
  /**
   * @throws {ManagerError} code `cannot-decrypt` where the passphrase or key is another one
   * @throws {ManagerError} code `cannot-run` where gpg could not be started
   * @throws {ProgramFailure} where the message is damaged
   */
  decrypt(message: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Removes what gpg left behind. */
  close(): Promise<void>;
}

/**
 * @param passphrase undefined: gpg's own keyring and agent open the messages
 */
export async function createDecryptor(passphrase: string | undefined): Promise<Decryptor> {
  if (passphrase === undefined)
    return { decrypt: (message) => opened(message, []), close: async () => {} };
  // With a passphrase no keyring is needed, and gpg would make one in the user's home.
  const home = await mkdtemp(join(tmpdir(), "backup-manager-gpg-"));
  const args = ["--homedir", home, "--pinentry-mode", "loopback", "--passphrase-fd", "3"];
  return {
    decrypt: (message) => opened(message, args, passphrase),
    close: async () => await rm(home, { recursive: true, force: true }),
  };
}

async function* opened(
  message: AsyncIterable<Uint8Array>,
  args: readonly string[],
  passphrase?: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* throughProgram(message, ["gpg", ...GPG, ...args, "--decrypt"], passphrase);
  } catch (error) {
    if (error instanceof ProgramFailure && CANNOT.test(error.message)) throw cannot(error);
    throw error;
  }
}

const GPG = ["--batch", "--no-tty", "--quiet", "--no-options"];

/** What gpg says of a wrong passphrase, and of a missing key. */
const CANNOT = /bad session key|bad passphrase|no secret key/i;

function cannot(error: ProgramFailure): ManagerError {
  return new ManagerError(
    "cannot-decrypt",
    `it can't be decrypted: ${error.message}`,
    "Look at the passphrase in the configuration; for public keys, the secret key must be in gpg's keyring.",
    error,
  );
}
