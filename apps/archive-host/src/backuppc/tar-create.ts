import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import {
  bareEnvironment,
  childEnd,
  couldNotBeRun,
  killOnAbort,
  openOutputPipe,
  started,
} from "@backuppc-archive-s3/process";
import { ArchiveError } from "../archive-error.ts";
import { StderrLines, type TarSummary } from "./stderr-lines.ts";

export interface TarCreateOptions {
  readonly path: string;
  readonly host: string;
  readonly number: number;
  readonly share: string;
  /** A path that is nobody else's, which the pipe has for a moment. */
  readonly pipe: string;
  readonly signal: AbortSignal;
  /** Called with each line that it prints to stderr. */
  readonly onLine: (line: string) => void;
}

export interface TarCreate {
  /**
   * The tar stream, to be read once; a piece is valid until the next one is
   * asked for. It ends alike when all is well and when the program died: only
   * `finished` says.
   */
  readonly tar: AsyncIterable<Uint8Array>;
  /** @throws {ArchiveError} unless it ended with status 0 and its closing line was seen */
  finished(): Promise<TarSummary>;
}

/**
 * BackupPC_tarCreate writes a file's extended attributes in the order of a perl hash, which differs from run to run: the same
 * file would be another one each night.
 */
const SAME_ORDER = { PERL_HASH_SEED: "0", PERL_PERTURB_KEYS: "0" };

/**
 * Starts BackupPC_tarCreate, which reads a backup out of the pool as a tar stream.
 *
 * @throws {ArchiveError} code `tar-create-failed`; `ProcessError` code `no-pipe`
 */
export async function startTarCreate(options: TarCreateOptions): Promise<TarCreate> {
  const { path, host, number, share, signal, onLine } = options;
  const pipe = await openOutputPipe(options.pipe, signal);
  const args = ["-t", "-h", host, "-n", String(number), "-s", share, "."];
  const env = { ...bareEnvironment(), ...SAME_ORDER };
  const child = await started(() =>
    spawn(path, args, { stdio: ["ignore", pipe.writeEnd, "pipe"], env }),
  ).catch((error: unknown) => {
    throw failed(couldNotBeRun(error), "");
  });
  const ended = childEnd(child);
  killOnAbort(child, signal);
  const lines = new StderrLines(onLine);
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on("line", (line) => lines.add(line));
  }
  await pipe.handedOver();

  return {
    tar: pipe.bytes,
    finished: async () => {
      const { well, how } = await ended;
      signal.throwIfAborted();
      if (!well) throw failed(how, lines.last);
      return lines.summary();
    },
  };
}

function failed(how: string, lastLine: string): ArchiveError {
  return new ArchiveError(
    "tar-create-failed",
    `BackupPC_tarCreate ${how}${lastLine === "" ? "" : `: ${lastLine}`}.`,
    "Fix it and archive again: nothing was marked complete.",
  );
}
