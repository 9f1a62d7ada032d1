import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { passphraseProblem } from "./passphrase-text.ts";
import { readPrivateFile, refuseReadable, refuseWritable } from "./private-file.ts";
import type { Settings } from "./schema.ts";
import { Secret } from "./secret.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * The passphrase: itself, the first line of its file, or the first line that
 * its command prints. Undefined where there is none (public keys alone).
 *
 * @throws {SettingsError} code `passphrase`, or `exposed` for a file that everyone can read
 */
export async function resolvePassphrase(settings: Settings): Promise<Secret | undefined> {
  const { passphrase, passphraseFile, passphraseCommand } = settings;
  if (passphraseFile !== undefined) return await fromFile(passphraseFile);
  if (passphraseCommand !== undefined) return await fromCommand(passphraseCommand);
  return passphrase;
}

const PASSPHRASE_FILE = {
  what: "passphraseFile",
  code: "passphrase",
  hint: "Mend its name in the configuration, or let the user who runs this read it.",
} as const;

async function fromFile(fileName: string): Promise<Secret> {
  const { text, mode } = await readPrivateFile(fileName, PASSPHRASE_FILE);
  refuseReadable(fileName, mode);
  refuseWritable(fileName, mode);
  return firstLine(text, `The file ${fileName}`);
}

async function fromCommand(command: string): Promise<Secret> {
  try {
    const running = promisify(execFile)("/bin/sh", ["-c", command]);
    // A command that asks on its input must end, not wait for an answer that never comes.
    running.child.stdin?.end();
    return firstLine((await running).stdout, "What passphraseCommand prints");
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    // The error's own text holds the command and its output: it stays here.
    const message = `passphraseCommand failed${howItEnded(error)}.`;
    throw new SettingsError("passphrase", message, "Run it by hand as the same user.");
  }
}

function howItEnded(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("signal" in error && typeof error.signal === "string") return ` by ${error.signal}`;
  return "code" in error ? ` with status ${String(error.code)}` : "";
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
