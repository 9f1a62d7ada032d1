import { z } from "zod";
import { asBackupPc, backUp, restartDaemon } from "./backuppc-server.ts";
import { type CronLine, readCrontab, runLine } from "./cron.ts";
import type { MovedClock } from "./moved-clock.ts";

/** What a night has brought. */
export interface Night {
  readonly number: number;
  /** `HOST BACKUP`, in the order of their names. */
  readonly backedUp: readonly string[];
  readonly archived: readonly string[];
  readonly deleted: readonly string[];
  /** What cron would have sent. */
  readonly mails: readonly string[];
}

/** Midnight of a night, in milliseconds. */
export type Midnight = (night: number) => number;

const HOUR = 3_600_000;

/**
 * Lives through a night: at 00:00 a file of each host changes and BackupPC backs it up, and then each line of the crontab has
 * its turn.
 *
 * @param hosts that BackupPC backs up
 */
export async function liveThrough(
  number: number,
  hosts: readonly string[],
  clock: MovedClock,
  midnight: Midnight,
): Promise<Night> {
  const backupsBefore = await backupsOf(hosts, clock);
  await clock.moveTo(new Date(midnight(number)));
  await restartDaemon(clock);
  for (const host of hosts) {
    await clock.type(`[ ! -d /srv/${host} ] || echo ${number} > '/srv/${host}/of night ${number}'`);
    await clock.type(`[ ! -d /srv/${host} ] || touch '/srv/${host}/of night ${number}'`);
    await backUp(clock, host);
  }
  const backedUp = without(await backupsOf(hosts, clock), backupsBefore);
  const before = await archives(clock);
  const { lines, env } = await readCrontab(clock);
  const mails: string[] = [];
  const [first, ...others] = lines.toSorted((a, b) => timeOf(a) - timeOf(b));
  if (first === undefined) throw new Error("The crontab has no line.");
  mails.push(await at(first));
  const between = await archives(clock);
  for (const line of others) mails.push(await at(line));
  const after = await archives(clock);
  return {
    number,
    backedUp,
    archived: without(between, before),
    deleted: without(between, after),
    mails: mails.filter((mail) => mail !== ""),
  };

  async function at(line: CronLine): Promise<string> {
    await clock.moveTo(new Date(midnight(number) + timeOf(line)));
    return await runLine(clock, line, { ...env, ...clock.env });
  }
}

function timeOf({ hour, minute }: CronLine): number {
  return hour * HOUR + minute * (HOUR / 60);
}

const listSchema = z.object({
  archives: z.array(z.object({ host: z.string(), number: z.number(), status: z.string() })),
});

/** Those that are complete, as `HOST BACKUP`. */
async function archives(clock: MovedClock): Promise<string[]> {
  const said = await clock.type(asBackupPc("backup-manager list --json"));
  return listSchema
    .parse(JSON.parse(said))
    .archives.filter(({ status }) => status === "complete")
    .map(({ host, number }) => `${host} ${number}`)
    .toSorted();
}

/** By BackupPC's own record: those that did not break off. */
async function backupsOf(hosts: readonly string[], { type }: MovedClock): Promise<string[]> {
  const found = hosts.map(async (host) => {
    const records = await type(`cat /var/lib/backuppc/pc/${host}/backups || true`);
    return [...records.matchAll(/^(\d+)\t(?:full|incr)\t/gm)].map(
      ([, number]) => `${host} ${number}`,
    );
  });
  return (await Promise.all(found)).flat().toSorted();
}

function without(all: readonly string[], others: readonly string[]): string[] {
  return all.filter((one) => !others.includes(one));
}
