import {
  type Alarms,
  LogTail,
  openAlarms,
  startSyslog,
  type Syslog,
} from "@backuppc-archive-s3/alarms";
import { secretsOf, type Settings } from "@backuppc-archive-s3/settings";
import type { Output } from "./output.ts";

/** What archive-host reports. */
export interface Report {
  readonly output: Output;
  /** A line for the log, and for syslog where that is on. */
  readonly say: (line: string) => void;
  /** The last line: BackupPC shows it, with "Archive failed: " before it where it is an error. Nothing is printed after it. */
  readonly end: (line: string, severity: "info" | "error") => void;
  /** From now on, syslog and the alarms of the configuration follow the run. */
  readonly follow: (settings: Settings, host: string) => void;
  /** What is known of the run's alarms; undefined before {@link follow}. */
  readonly followed: () => Followed | undefined;
  /** Resolves when syslog has what was said. */
  readonly flushed: () => Promise<void>;
}

export interface Followed {
  readonly host: string;
  readonly metricsFile: string | undefined;
  readonly alarms: Alarms;
  /** The log's end without secrets. */
  readonly tail: () => string;
}

export function openReport(output: Output): Report {
  let syslog: Syslog | undefined;
  let followed: Followed | undefined;
  let isOver = false;
  const log = new LogTail();
  const print: Output["print"] = (line) => {
    if (isOver) return;
    output.print(line);
    log.take(line);
  };
  return {
    output: { ...output, print },
    say: (line) => {
      print(line);
      syslog?.take(line, "info");
    },
    end: (line, severity) => {
      print(line);
      // Syslog may have to complain still.
      isOver = true;
      syslog?.take(line, severity);
    },
    follow: (settings, host) => {
      if (settings.syslog) syslog = startSyslog("archive-host", print);
      const alarms = openAlarms(settings, { program: "archive-host", host });
      const secrets = secretsOf(settings);
      followed = { host, metricsFile: settings.metricsFile, alarms, tail: () => log.text(secrets) };
      alarms.begin();
    },
    followed: () => followed,
    flushed: async () => await syslog?.flushed(),
  };
}
