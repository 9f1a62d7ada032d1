import { ping } from "./ping.ts";
import { runOnFailure } from "./run-on-failure.ts";

/** The alarms that the configuration asks for. */
export interface WantedAlarms {
  /** `{program}` and `{host}` in it are replaced. */
  readonly pingUrl?: string | undefined;
  /** A command for `/bin/sh`. */
  readonly onFailure?: string | undefined;
}

/** Which run it is. */
export interface AlarmedRun {
  /** Such as `archive-host` or `backup-manager-nightly`. */
  readonly program: string;
  /** Where it is of one host. */
  readonly host?: string | undefined;
}

/** How a run ended. */
export interface RunEnd {
  /** The exit status. */
  readonly status: number;
  /** The last line. */
  readonly message: string;
  /** The log's end, without secrets. */
  readonly tail: string;
  /** Milliseconds for all of it where the process is about to be killed; as long as it takes unless given. */
  readonly hurryMs?: number;
}

/** The ping of one run, and the command for a failure. */
export interface Alarms {
  /** Sends the first ping, and does not wait for it. */
  begin(): void;
  /** @returns a line for each alarm that failed; never throws */
  end(end: RunEnd): Promise<string[]>;
}

/** The alarms that are wanted, for a run that is about to begin. Sends nothing yet. */
export function openAlarms({ pingUrl, onFailure }: WantedAlarms, run: AlarmedRun): Alarms {
  const url = pingUrl === undefined ? undefined : filledIn(pingUrl, run);
  let first: Promise<string | undefined> = Promise.resolve(undefined);
  return {
    begin() {
      if (url !== undefined) first = ping(url, "start", { body: "" });
    },
    async end({ status, message, tail, hurryMs }) {
      const signal = hurryMs === undefined ? {} : { signal: AbortSignal.timeout(hurryMs) };
      const last = async (): Promise<string | undefined> => {
        if (url === undefined) return undefined;
        // In order, or the service would take the run for one that has begun.
        if (hurryMs === undefined) await first;
        return await ping(url, status, { body: tail, ...signal });
      };
      const command = async (): Promise<string | undefined> => {
        if (status === 0 || onFailure === undefined) return undefined;
        const patience = hurryMs === undefined ? {} : { patience: 0 };
        const variables = variablesOf(run, status, message);
        return await runOnFailure(onFailure, { variables, input: tail, ...patience });
      };
      const notes = await Promise.all([last(), command()]);
      return notes.filter((note) => note !== undefined);
    },
  };
}

function filledIn(url: string, { program, host = "" }: AlarmedRun): string {
  return url
    .replaceAll("{program}", encodeURIComponent(program))
    .replaceAll("{host}", encodeURIComponent(host));
}

/** Characters of a message. Linux starts no program with a variable of 128 KiB or more (execve(2), E2BIG). */
const LONGEST = 10_000;

function variablesOf(
  { program, host = "" }: AlarmedRun,
  status: number,
  message: string,
): Record<string, string> {
  return {
    ALARM_PROGRAM: program,
    ALARM_HOST: host,
    ALARM_STATUS: String(status),
    ALARM_MESSAGE: message.slice(0, LONGEST).replaceAll("\0", ""),
  };
}
