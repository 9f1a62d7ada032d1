import { readFile } from "node:fs/promises";
import { messageOf } from "@backuppc-archive-s3/process";
import { formatBytes } from "@backuppc-archive-s3/settings";

/** Milliseconds between two looks at the file. */
const INTERVAL = 1000;
/** Bytes a second of one kbit/s. */
const KILOBIT = 125;

export interface UploadRateOptions {
  /** Bytes a second where no file says otherwise; undefined: no limit. */
  readonly uploadLimit: number | undefined;
  /** A file that holds a number in kbit/s. */
  readonly speedFile: string | undefined;
  /** Called with a line for each change. */
  readonly say: (line: string) => void;
  /** Milliseconds between two looks at the file, 1000 unless given. */
  readonly interval?: number;
}

/** How fast may be uploaded at the moment. */
export interface WatchedRate {
  /** Bytes a second; undefined: no limit. */
  readonly current: () => number | undefined;
  readonly stop: () => void;
}

/**
 * The upload limit of the configuration, or what its `speedFile` says, which is
 * read again while running. As long as the file can't be understood, what was
 * said last holds.
 */
export async function watchUploadRate(options: UploadRateOptions): Promise<WatchedRate> {
  const { uploadLimit, speedFile, say, interval = INTERVAL } = options;
  let rate = uploadLimit;
  if (rate !== undefined) say(`uploads at most ${formatBytes(rate)}/s`);
  if (speedFile === undefined) return { current: () => rate, stop: () => {} };

  let trouble: string | undefined;
  const look = async (): Promise<void> => {
    const seen = await readSpeed(speedFile);
    if (seen.trouble !== undefined && seen.trouble !== trouble) {
      say(`speedFile ${speedFile} ${seen.trouble}; ${still(rate)}`);
    }
    trouble = seen.trouble;
    if (seen.rate === undefined || seen.rate === rate) return;
    rate = seen.rate;
    say(`speedFile: uploads at most ${formatBytes(rate)}/s from now on`);
  };
  await look();
  const timer = setInterval(oneAtATime(look), interval);
  return { current: () => rate, stop: () => clearInterval(timer) };
}

/** Of two looks at a time, the earlier one could end last, with what the file said before. */
function oneAtATime(look: () => Promise<void>): () => Promise<void> {
  let isLooking = false;
  return async () => {
    if (isLooking) return;
    isLooking = true;
    await look();
    isLooking = false;
  };
}

interface Speed {
  /** Bytes a second. */
  readonly rate?: number;
  /** To follow the file's name. */
  readonly trouble?: string;
}

async function readSpeed(file: string): Promise<Speed> {
  try {
    const text = (await readFile(file, "utf8")).trim();
    const kilobits = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
    // Less than 1 kbit/s is no speed: nothing would ever be stored.
    if (kilobits < 1) return { trouble: "must hold one number in kbit/s, at least 1" };
    return { rate: kilobits * KILOBIT };
  } catch (error) {
    return { trouble: `can't be read: ${messageOf(error)}` };
  }
}

function still(rate: number | undefined): string {
  return rate === undefined ? "uploads are not limited" : `the limit stays ${formatBytes(rate)}/s`;
}
