import { ProgramFailure } from "../program/through-program.ts";

/** What must have opened a message. */
export type Opener =
  | { readonly kind: "passphrase" }
  /** One of these keys: fingerprints of primary keys or subkeys, upper-case hex. */
  | { readonly kind: "key"; readonly fingerprints: readonly string[] };

/**
 * Checks what gpg reported by `--status-fd`. Its exit status proves nothing: a message that is only a
 * literal packet "decrypts" to itself with 0. Demanded are one plaintext, inside one encrypted
 * message whose integrity was checked, opened by what was expected.
 *
 * @throws {ProgramFailure}
 */
export function checkGpgStatus(status: string, opener: Opener): void {
  const words = status
    .split("\n")
    .flatMap((line) => (line.startsWith(PREFIX) ? [line.slice(PREFIX.length).split(" ")] : []));
  const names = words.map(([name = ""]) => name).filter((name) => ORDERED.includes(name));
  if (names.join(" ") !== ORDERED.join(" ")) throw new ProgramFailure(notEncrypted(names));
  const keys = words.flatMap(([name, ...rest]) => (name === "DECRYPTION_KEY" ? [rest] : []));
  if (opener.kind === "passphrase") {
    if (keys.length > 0)
      throw new ProgramFailure("gpg: it was opened by a key, not by the passphrase");
    if (!words.some(([name]) => name === "NEED_PASSPHRASE_SYM"))
      throw new ProgramFailure("gpg: it is not encrypted with a passphrase");
    return;
  }
  const isExpected = keys.some((key) => key.some((word) => opener.fingerprints.includes(word)));
  if (!isExpected) throw new ProgramFailure("gpg: it was not opened by a key of the archive");
}

const PREFIX = "[GNUPG:] ";

/** Of gpg 2.1 to 2.5: each exactly once, in this order. */
const ORDERED: readonly string[] = [
  "BEGIN_DECRYPTION",
  "PLAINTEXT",
  "DECRYPTION_OKAY",
  "GOODMDC",
  "END_DECRYPTION",
];

function notEncrypted(names: readonly string[]): string {
  if (!names.includes("BEGIN_DECRYPTION")) return "gpg: it is no encrypted message";
  if (!names.includes("GOODMDC")) return "gpg: its integrity is not protected";
  return "gpg: it is not one encrypted message";
}
