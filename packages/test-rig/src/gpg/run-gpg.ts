import { spawn } from "node:child_process";
import { Writable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { ended } from "../program/run-program.ts";

export interface GpgInput {
  readonly input?: Uint8Array | string;
  readonly passphrase?: string;
}

export interface GpgEnd {
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
  const [printed, said, { status }] = await Promise.all([
    buffer(stdout),
    text(stderr),
    ended(child),
  ]);
  return { status, stdout: printed, stderr: said };
}

const QUIETLY = ["--batch", "--pinentry-mode", "loopback", "--passphrase-fd", "3"];
