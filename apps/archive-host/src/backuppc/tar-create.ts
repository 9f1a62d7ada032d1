import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ArchiveError } from "../archive-error.ts";
import { bareEnvironment } from "@backuppc-archive-s3/process";
import { childEnd } from "@backuppc-archive-s3/process";
import { killOnAbort } from "@backuppc-archive-s3/process";
import { openOutputPipe } from "@backuppc-archive-s3/process";
import { couldNotBeRun, started } from "@backuppc-archive-s3/process";

export interface TarCreateOptions {
  readonly path: string;
  readonly host: string;
  readonly number: number;
  readonly share: string;
  /** A folder that is nobody else's, for the pipe. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Told each line that it prints to stderr. */
  readonly onLine: (line: string) => void;
}

export interface TarCreate {
  /**
   * The tar stream, to be read once; a piece is valid until the next one is
   * asked for. It ends alike when all is well and when the program died: only
   * `finished` tells.
   */
  readonly tar: AsyncIterable<Uint8Array>;
  /** @throws {ArchiveError} unless it ended with status 0 and its closing line was seen */
  finished(): Promise<TarSummary>;
}

/** What the program's closing line says: `Done: 3 files, 4096 bytes, 1 dirs, 0 specials, 0 errors`. */
export interface TarSummary {
  readonly files: number;
  readonly errors: number;
}

const DONE = /^Done: (\d+) files?, \d+ bytes?, \d+ dirs?, \d+ specials?, (\d+) errors?/;

/**
 * Starts BackupPC_tarCreate, which reads a backup out of the pool as a tar stream.
 *
 * @throws {ArchiveError} code `tar-create-failed` or `spool-failed`
 */
export async function startTarCreate(options: TarCreateOptions): Promise<TarCreate> {
  const { path, host, number, share, folder, signal, onLine } = options;
  const pipe = await openOutputPipe(join(folder, "tar"), signal);
  const args = ["-t", "-h", host, "-n", String(number), "-s", share, "."];
  const env = bareEnvironment(process.env);
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
      return summaryIn(lines.last);
    },
  };
}

class StderrLines {
  last = "";
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(line: string): void {
    // What is indented goes on with the line before: "fail: …", " (use -m …)".
    if (/^\s+\S/.test(line)) this.last = `${this.last} ${line.trim()}`.trim();
    else if (line.trim() !== "") this.last = line.trim();
    this.#onLine(line);
  }
}

function summaryIn(line: string): TarSummary {
  const [, files, errors] = DONE.exec(line) ?? [];
  if (files !== undefined) return { files: Number(files), errors: Number(errors) };
  throw new ArchiveError(
    "tar-create-incomplete",
    "BackupPC_tarCreate ended without its closing line, so the tar may be cut off.",
    "Look into BackupPC's log of this host and archive again.",
  );
}

function failed(how: string, lastLine: string): ArchiveError {
  return new ArchiveError(
    "tar-create-failed",
    `BackupPC_tarCreate ${how}${lastLine === "" ? "" : `: ${lastLine}`}.`,
    "Nothing was marked complete; mend it and archive again.",
  );
}
