import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { SettingsError } from "../settings-error.ts";

/** 64 KiB: no passphrase is longer, and what prints more is another program by mistake. */
const MOST_OUTPUT = 65_536;

/**
 * What a command prints, which `/bin/sh` runs with nothing to read: one that asks must
 * end, and not wait for an answer that never comes. What it complains of goes nowhere.
 *
 * @param patience milliseconds until it is killed, with all that it started and waits for
 * @param signal kills it at once, and its reason is thrown
 * @throws {SettingsError} code `passphrase`; neither the command nor its output is part of it
 */
export async function outputOf(
  command: string,
  patience: number,
  signal?: AbortSignal,
): Promise<string> {
  signal?.throwIfAborted();
  const child = await startShell(command);
  const late = `gave no passphrase within ${patience / 1000} s`;
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => {};
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(commandFailed(late)), patience);
    stop = () => reject(signal?.reason);
    if (signal?.aborted === true) stop();
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    return decode(await Promise.race([printed(child, child.stdout), overdue]));
  } catch (error) {
    killGroup(child);
    // What it left behind may hold it, and would keep this process from its end.
    child.stdout.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** By a group of its own, so that it can be killed with what it started. */
async function startShell(command: string): Promise<ChildProcessByStdio<null, Readable, null>> {
  try {
    const child = spawn("/bin/sh", ["-c", command], {
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    // Before that, it may not even have a stdout: where there are no files left.
    await once(child, "spawn");
    return child;
  } catch (error) {
    // The message may hold the command.
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw commandFailed(`could not be run: ${code}`);
  }
}

async function printed(child: ChildProcess, stdout: AsyncIterable<Buffer>): Promise<Buffer> {
  const ended = new Promise<string>((resolve) => {
    child.once("close", (status, signal) => {
      const failed = signal === null ? `with status ${status}` : `by ${signal}`;
      resolve(status === 0 ? "" : `failed ${failed}`);
    });
  });
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stdout) {
    pieces.push(piece);
    length += piece.length;
    if (length > MOST_OUTPUT) throw commandFailed("prints more than 64 KiB");
  }
  const failure = await ended;
  if (failure !== "") throw commandFailed(failure);
  return Buffer.concat(pieces);
}

/** Strict: a letter in another encoding would silently become another secret. */
function decode(output: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(output);
  } catch {
    throw commandFailed("prints what is not UTF-8");
  }
}

/** Only as long as the shell is there: after that, its number may be another group's. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function commandFailed(how: string): SettingsError {
  return new SettingsError(
    "passphrase",
    `passphraseCommand ${how}.`,
    "Run it by hand as the same user.",
  );
}
