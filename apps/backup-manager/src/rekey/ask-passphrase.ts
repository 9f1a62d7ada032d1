import { openSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ReadStream, WriteStream } from "node:tty";
import { ManagerError } from "../manager-error.ts";

/**
 * Asks for a new passphrase at the terminal, twice, without showing it.
 *
 * @throws {ManagerError} code `no-passphrase` where there is no terminal, or the answers differ; `interrupted` by Ctrl-C or
 *   Ctrl-D
 */
export async function askNewPassphrase(): Promise<string> {
  const { input, output } = openTerminal();
  try {
    const first = await askHidden("New passphrase: ", input, output);
    const second = await askHidden("The same again: ", input, output);
    if (first === second && first !== "") return first;
    const why = first === "" ? "the new passphrase is empty" : "the two passphrases differ";
    throw new ManagerError("no-passphrase", why, "Run the command again.");
  } finally {
    input.destroy();
    output.destroy();
  }
}

function openTerminal(): { readonly input: ReadStream; readonly output: WriteStream } {
  try {
    return {
      input: new ReadStream(openSync("/dev/tty", "r")),
      output: new WriteStream(openSync("/dev/tty", "w")),
    };
  } catch (cause) {
    const message = "there is no terminal to ask for the new passphrase";
    const hint = "Give --new-passphrase-file FILE.";
    throw new ManagerError("no-passphrase", message, hint, cause);
  }
}

/** readline echoes what is typed: into nothing. Only once it does is the prompt shown: the terminal would echo what is typed before. */
async function askHidden(prompt: string, input: ReadStream, output: WriteStream): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: nowhere, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      reader.once("line", resolve).once("close", () => reject(interrupted()));
      output.write(prompt);
    });
  } finally {
    reader.close();
    output.write("\n");
  }
}

function interrupted(): ManagerError {
  const message = "Interrupted: no passphrase was changed";
  return new ManagerError("interrupted", message, "Run the command again.");
}
