import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { bareEnvironment, started } from "@backuppc-archive-s3/process";

/** Priorities of syslog(3): facility daemon (3), severity err (3) and info (6). */
const PRIORITY = { error: 3 * 8 + 3, info: 3 * 8 + 6 } as const;

/** Where the lines of a run go as well. */
export interface Syslog {
  take(line: string, severity: keyof typeof PRIORITY): void;
  /** Resolves when logger has all lines, or seems not to want them. */
  flushed(): Promise<void>;
}

/** Milliseconds: a cancel leaves a second for everything. */
const PATIENCE = 500;

/**
 * Starts logger(1), which hands lines to syslog until this process ends. The
 * run goes on without it: what is wrong with it is reported, once.
 */
export function startSyslog(tag: string, complain: (line: string) => void): Syslog {
  const words = ["--tag", `${tag}[${process.pid}]`, "--prio-prefix"];
  const env = bareEnvironment();
  let lost = false;
  const lose = (why: string): void => {
    if (!lost) complain(`syslog gets no more of this: ${why}`);
    lost = true;
  };
  const starting = started(() =>
    spawn("logger", words, { stdio: ["pipe", "ignore", "ignore"], env }),
  );
  const logger = starting.then(
    (child) => {
      child.once("exit", (status, signal) => lose(`logger ended with ${signal ?? status}`));
      child.stdin.on("error", ({ message }) => lose(`logger: ${message}`));
      return child;
    },
    ({ message }: Error) => lose(message),
  );
  const write = async (entry: string): Promise<void> => {
    const child = await logger;
    if (!lost && child) await new Promise((resolve) => child.stdin.write(entry, resolve));
  };
  let last: Promise<unknown> = logger;
  return {
    take(line, severity) {
      const entry = `<${PRIORITY[severity]}>${line.replaceAll(/\s+/g, " ")}\n`;
      last = write(entry);
    },
    async flushed() {
      await Promise.race([last, sleep(PATIENCE)]);
    },
  };
}
