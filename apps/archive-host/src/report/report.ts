import type { Output } from "./output.ts";
import { startSyslog } from "./syslog.ts";

/** What archive-host tells of itself. */
export interface Report {
  readonly output: Output;
  /** A line for the log, and for syslog where that is on. */
  readonly say: (line: string) => void;
  /** From now on what is said goes to syslog too. */
  readonly alsoToSyslog: () => void;
}

export function openReport(output: Output): Report {
  let toSyslog = (_line: string): void => {};
  return {
    output,
    say: (line) => {
      output.print(line);
      toSyslog(line);
    },
    alsoToSyslog: () => {
      toSyslog = startSyslog(output.print);
    },
  };
}
