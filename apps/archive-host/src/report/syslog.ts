import { spawn } from "node:child_process";
import { bareEnvironment, started } from "@backuppc-archive-s3/process";

/** Priorities of syslog(3): facility daemon (3), severity err (3) and info (6). */
const ERROR = 3 * 8 + 3;
const INFO = 3 * 8 + 6;

/**
 * Starts logger(1), which hands lines to syslog until this process ends. The
 * archive goes on without it: what is wrong with it is told, once.
 *
 * @returns takes a line for syslog; one that begins with `failed:` as an error
 */
export function startSyslog(complain: (line: string) => void): (line: string) => void {
  const words = ["--tag", `archive-host[${process.pid}]`, "--prio-prefix"];
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
  return (line) => {
    const priority = line.startsWith("failed:") ? ERROR : INFO;
    const entry = `<${priority}>${line.replaceAll(/\s+/g, " ")}\n`;
    void logger.then((child) => (lost ? undefined : child?.stdin.write(entry)));
  };
}
