import { formatBytes } from "@backuppc-archive-s3/settings";
import { countOf } from "./closing-line.ts";
import type { Reading } from "./meter.ts";
import type { Output } from "./output.ts";

/** Seconds between two lines: BackupPC's log shows that the archive lives. */
const INTERVAL = 15;
/** Seconds between two looks of the bar. */
const BAR_INTERVAL = 0.25;

/** Seconds without an answer of the store from which on they are shown: one lost connection is no news. */
const WORTH_SHOWING = 10;

/**
 * Says how far an archive has come: a line now and then, or a bar on a terminal. Gives its end.
 *
 * @param away for how many seconds the store has not answered
 */
export function startProgress(
  { print, bar }: Output,
  read: () => Reading,
  away: () => number = () => 0,
): () => void {
  const show = (): void =>
    bar === undefined ? print(progressLine(read(), away())) : bar(barOf(read(), away()));
  const timer = setInterval(show, (bar === undefined ? INTERVAL : BAR_INTERVAL) * 1000);
  return () => {
    clearInterval(timer);
    bar?.("");
  };
}

/** `progress: 12 %, 34 chunks, 5 new, 2.3 GB uploaded, 20.0 MB/s, 1 h 23 min left`. */
export function progressLine(reading: Reading, away = 0): string {
  const { percent, chunks, newChunks, storedBytes } = reading;
  const parts = [
    ...(percent === undefined ? [] : [`${percent} %`]),
    countOf(chunks, "chunk"),
    `${newChunks.toLocaleString("en-US")} new`,
    `${formatBytes(storedBytes)} uploaded`,
    ...speed(reading, away),
  ];
  return `progress: ${parts.join(", ")}`;
}

const WIDTH = 30;

/** `[=========>                    ] 34 %, 20.0 MB/s, 1 h 23 min left`; without a percentage, what was uploaded. */
export function barOf(reading: Reading, away = 0): string {
  const { percent, storedBytes } = reading;
  if (percent === undefined)
    return [`${formatBytes(storedBytes)} uploaded`, ...speed(reading, away)].join(", ");
  const full = Math.floor((percent * WIDTH) / 100);
  const bar = `[${`${"=".repeat(full)}>`.padEnd(WIDTH)}]`;
  return `${bar} ${[`${percent} %`, ...speed(reading, away)].join(", ")}`;
}

/** A speed, or that there is none and why. */
function speed({ bytesPerSecond, secondsLeft }: Reading, away: number): string[] {
  if (away >= WORTH_SHOWING) return [`the store has not answered for ${duration(away)}`];
  const left = secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`];
  return [`${formatBytes(bytesPerSecond)}/s`, ...left];
}

/** `45 s`, `12 min`, `1 h 23 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}
