import { formatBytes } from "./format-bytes.ts";

/** Print a line at least this often, in seconds: only a write tells us that BackupPC has cancelled. */
const INTERVAL = 15;

/** Says how far an archive has come, a line now and then. */
export interface Progress {
  /** Counts a chunk that is stored: bytes of its slice of the tar, and of what was stored. */
  stored(tarBytes: number, storedBytes: number): void;
  stop(): void;
}

/**
 * @param expectedBytes of the tar by BackupPC's record, for a percentage; undefined where it is not known
 */
export function startProgress(
  say: (line: string) => void,
  expectedBytes: number | undefined,
): Progress {
  const started = performance.now();
  let chunks = 0;
  let read = 0;
  let sent = 0;
  const report = (): void => {
    const rate = sent / ((performance.now() - started) / 1000);
    const percent =
      expectedBytes === undefined || expectedBytes === 0
        ? ""
        : ` ${Math.min(99, Math.floor((100 * read) / expectedBytes))} %,`;
    say(
      `progress:${percent} ${chunks} chunks, ${formatBytes(sent)} stored, ${formatBytes(rate)}/s`,
    );
  };
  const timer = setInterval(report, INTERVAL * 1000);
  return {
    stored(tarBytes, storedBytes) {
      chunks += 1;
      read += tarBytes;
      sent += storedBytes;
    },
    stop: () => clearInterval(timer),
  };
}
