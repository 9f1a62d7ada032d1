import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { refuseExposed } from "./load-settings.ts";
import type { Settings } from "./schema.ts";
import { Secret } from "./secret.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * The passphrase: itself, the first line of its file, or the first line that
 * its command prints. Undefined where there is none (public keys alone).
 *
 * @throws {SettingsError} code `passphrase`, or `exposed`
 */
export async function resolvePassphrase(settings: Settings): Promise<Secret | undefined> {
  const { passphrase, passphraseFile, passphraseCommand } = settings;
  if (passphraseFile !== undefined) {
    const text = await fromFile(passphraseFile);
    await refuseExposed(passphraseFile);
    return firstLine(text, `The file ${passphraseFile}`);
  }
  if (passphraseCommand !== undefined) {
    return firstLine(await fromCommand(passphraseCommand), "What passphraseCommand prints");
  }
  return passphrase;
}

function firstLine(text: string, what: string): Secret {
  const [line = ""] = text.split(/\r?\n/, 1);
  if (line !== "") return new Secret(line);
  throw new SettingsError(
    "passphrase",
    `${what} has no passphrase in its first line.`,
    "Put the passphrase there.",
  );
}

async function fromFile(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = "Look at `passphraseFile` in the configuration, and at the file's rights.";
    throw new SettingsError("passphrase", `The passphrase can't be read: ${reason}.`, hint, cause);
  });
}

async function fromCommand(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("/bin/sh", ["-c", command], { encoding: "utf8" });
    return stdout;
  } catch (error) {
    // The error's own text holds the command's output: it stays here.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const message = `passphraseCommand failed with status ${code}.`;
    throw new SettingsError("passphrase", message, "Run it by hand as the same user.");
  }
}
