import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManagerError } from "../manager-error.ts";
import { ProgramFailure, throughProgram } from "../program/through-program.ts";
import { checkGpgStatus } from "./gpg-status.ts";

/** Opens OpenPGP messages with gpg(1), as a restore does. */
export interface Decryptor {
  /**
   * Trust no byte before the end: what gpg says of the message comes last.
   *
   * @throws {ManagerError} code `cannot-decrypt` if the passphrase or key is the wrong one
   * @throws {ManagerError} code `cannot-run` if gpg could not be started
   * @throws {ProgramFailure} if the message is damaged or forged
   */
  decrypt(message: AsyncIterable<Uint8Array>, opening: Opening): AsyncIterable<Uint8Array>;
  /** Removes what gpg left behind. */
  close(): Promise<void>;
}

/** What opens the messages of an archive. */
export type Opening =
  | { readonly kind: "passphrase" | "data-key"; readonly secret: string }
  /** A secret key in gpg's own keyring. Fingerprints: upper-case hex, of primary keys or subkeys. */
  | { readonly kind: "key"; readonly fingerprints: readonly string[] };

export async function createDecryptor(): Promise<Decryptor> {
  // With a passphrase no keyring is needed, and gpg would make one in the user's home.
  const home = await mkdtemp(join(tmpdir(), "backup-manager-gpg-"));
  return {
    decrypt: (message, opening) => decrypted(message, opening, home),
    close: async () => await rm(home, { recursive: true, force: true }),
  };
}

async function* decrypted(
  message: AsyncIterable<Uint8Array>,
  opening: Opening,
  home: string,
): AsyncGenerator<Uint8Array> {
  const isKey = opening.kind === "key";
  const opener = isKey ? opening : { kind: "passphrase" as const };
  const own = isKey ? [] : ["--homedir", home, ...WITH_PASSPHRASE];
  try {
    yield* throughProgram(message, ["gpg", ...GPG, ...own, "--decrypt"], {
      secret: isKey ? "" : opening.secret,
      onStatus: (status) => checkGpgStatus(status, opener),
    });
  } catch (error) {
    // The data key came out of the archive itself: if it opens nothing, the archive is damaged.
    const isUsers = opening.kind !== "data-key" && error instanceof ProgramFailure;
    if (isUsers && CANNOT.test(error.message)) throw cannot(error);
    throw error;
  }
}

const GPG = ["--batch", "--no-tty", "--quiet", "--no-options", "--status-fd", "4"];
const WITH_PASSPHRASE = ["--pinentry-mode", "loopback", "--passphrase-fd", "3"];

/** What gpg says of a wrong passphrase, and of a missing key. */
const CANNOT = /bad session key|bad passphrase|no secret key/i;

function cannot(error: ProgramFailure): ManagerError {
  return new ManagerError(
    "cannot-decrypt",
    `it cannot be decrypted: ${error.message}`,
    "Check the passphrase in the configuration. For public keys, the secret key must be in gpg's keyring.",
    error,
  );
}
