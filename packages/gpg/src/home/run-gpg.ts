import { spawn } from "node:child_process";
import { once } from "node:events";
import { Writable } from "node:stream";
import { buffer, text } from "node:stream/consumers";

/** What gpg is given. */
export interface GpgInput {
  readonly input?: Uint8Array | string;
  readonly passphrase?: string;
}

/** How gpg ended. */
export interface GpgEnd {
  /** Null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs gpg with a keyring, and with the passphrase where neither its arguments nor its environment show it. */
export async function runGpg(
  program: string,
  home: string,
  args: readonly string[],
  { input = "", passphrase = "" }: GpgInput = {},
): Promise<GpgEnd> {
  const child = spawn(program, [...QUIETLY, "--homedir", home, ...args], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
  });
  const [stdin, stdout, stderr, secret] = child.stdio;
  if (!(secret instanceof Writable)) throw new Error("gpg has no pipe for the passphrase.");
  // gpg may end before it has read all: its exit status says so.
  for (const pipe of [stdin, secret]) pipe.on("error", () => {});
  secret.end(passphrase);
  stdin.end(input);
  const [printed, said] = await Promise.all([buffer(stdout), text(stderr), once(child, "close")]);
  return { status: child.exitCode, stdout: printed, stderr: said };
}

const QUIETLY = ["--batch", "--pinentry-mode", "loopback", "--passphrase-fd", "3"];
