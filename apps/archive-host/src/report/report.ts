import type { Output } from "./output.ts";
import { startSyslog, type Syslog } from "./syslog.ts";

/** What archive-host tells of itself. */
export interface Report {
  readonly output: Output;
  /** A line for the log, and for syslog where that is on. */
  readonly say: (line: string) => void;
  /** The last line, why nothing was archived: BackupPC puts "Archive failed: " before it. */
  readonly fail: (line: string) => void;
  /** From now on what is said goes to syslog too. */
  readonly alsoToSyslog: () => void;
  /** Resolves when syslog has what was said. */
  readonly flushed: () => Promise<void>;
}

export function openReport(output: Output): Report {
  let syslog: Syslog | undefined;
  return {
    output,
    say: (line) => {
      output.print(line);
      syslog?.take(line, "info");
    },
    fail: (line) => {
      output.print(line);
      syslog?.take(line, "error");
    },
    alsoToSyslog: () => {
      syslog = startSyslog(output.print);
    },
    flushed: async () => await syslog?.flushed(),
  };
}
