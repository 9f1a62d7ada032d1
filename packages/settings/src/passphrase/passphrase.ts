import { passphraseProblem } from "../parse/passphrase-text.ts";
import type { Settings } from "../parse/settings.ts";
import { readPrivateFile, refuseReadable, refuseWritable } from "../private-file.ts";
import { Secret } from "../secret.ts";
import { SettingsError } from "../settings-error.ts";
import { outputOf } from "./passphrase-command.ts";

export interface PassphraseOptions {
  /** Milliseconds that `passphraseCommand` may take; a minute unless given. */
  readonly patienceMs?: number;
  /** Ends the command, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * The passphrase: itself, the first line of its file, or the first line that
 * its command prints. Undefined where there is none (public keys alone).
 *
 * @throws {SettingsError} code `passphrase`, or `exposed` for a file that everyone can read
 */
export async function resolvePassphrase(
  settings: Settings,
  { patienceMs = 60_000, signal }: PassphraseOptions = {},
): Promise<Secret | undefined> {
  const { passphrase, passphraseFile, passphraseCommand } = settings;
  if (passphraseFile !== undefined) return await fromFile(passphraseFile);
  if (passphraseCommand !== undefined) {
    const printed = await outputOf(passphraseCommand, patienceMs, signal);
    return firstLine(printed, "What passphraseCommand prints");
  }
  return passphrase;
}

const PASSPHRASE_FILE = {
  what: "passphraseFile",
  code: "passphrase",
  hint: "Correct its name in the configuration, or let the user who runs this read it.",
} as const;

async function fromFile(fileName: string): Promise<Secret> {
  const { text, mode } = await readPrivateFile(fileName, PASSPHRASE_FILE);
  refuseReadable(fileName, mode);
  refuseWritable(fileName, mode);
  return firstLine(text, `The file ${fileName}`);
}

/** Ends at the line feed alone, as gpg and the restore script read a file: a CR before it is refused. */
function firstLine(text: string, where: string): Secret {
  const [line = ""] = text.split("\n", 1);
  const problem = passphraseProblem(line);
  if (problem === undefined) return new Secret(line);
  const message =
    line === ""
      ? `${where} has no passphrase in its first line.`
      : `${where} has a passphrase that ${problem}.`;
  const hint = "It is the first line, ended by a line feed (not by a DOS line end).";
  throw new SettingsError("passphrase", message, hint);
}
