import type { LiveRoot } from "./live-root.ts";

/** A line of a file in /etc/cron.d. */
export interface CronLine {
  readonly hour: number;
  readonly minute: number;
  readonly user: string;
  readonly command: string;
}

/** The lines of the file that the page writes, and the variables before them. */
export async function readCrontab({ type }: Pick<LiveRoot, "type">): Promise<{
  readonly lines: readonly CronLine[];
  readonly env: Readonly<Record<string, string>>;
}> {
  const all = (await type("cat /etc/cron.d/backuppc-archive-s3")).trim().split("\n");
  const env: Record<string, string> = {};
  const lines = all.flatMap((line): CronLine[] => {
    const [, name, value = ""] = /^([A-Z]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      env[name] = value;
      return [];
    }
    const [, minute, hour, user = "", command = ""] =
      /^(\d+) +(\d+) +\* \* \* +(\S+) +(.+)$/.exec(line) ?? [];
    if (command === "") throw new Error(`${line} is no line of a crontab.`);
    return [{ minute: Number(minute), hour: Number(hour), user, command }];
  });
  return { lines, env };
}

/** Runs it as cron does: by sh, in the user's home. @returns what it prints, which cron mails unless it is empty */
export async function runLine(
  { type }: Pick<LiveRoot, "type">,
  { user, command }: CronLine,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const as = `setpriv --reuid=${user} --regid=${user} --init-groups`;
  const quoted = `'${command.replaceAll("'", String.raw`'\''`)}'`;
  // Cron mails what is printed, whatever the exit status is.
  return await type(
    `cd "$(getent passwd ${user} | cut -d: -f6)"; ${as} env -i HOME="$PWD" SHELL=/bin/sh ${assigned(env)} /bin/sh -c ${quoted} || true`,
  );
}

function assigned(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}='${value}'`)
    .join(" ");
}
