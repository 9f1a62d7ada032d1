import type { BackedUpHost } from "../backuppc/read-hosts.ts";
import { globTest } from "../find/glob.ts";

/** Which hosts are archived: names, or shell patterns of them. */
export interface HostChoice {
  /** All unless there are some. */
  readonly hosts: readonly string[];
  readonly excludeHosts: readonly string[];
}

export interface ChosenHosts {
  readonly chosen: readonly BackedUpHost[];
  /** Entries of the choice that fit no host: probably mistyped. */
  readonly unknown: readonly string[];
}

/** @param archived hosts that have archives: one that is gone from BackupPC is excluded for good reason */
export function chosenHosts(
  all: readonly BackedUpHost[],
  { hosts, excludeHosts }: HostChoice,
  archived: ReadonlySet<string> = new Set(),
): ChosenHosts {
  const names = all.map(({ name }) => name);
  const [wanted, excluded] = [fitsAny(hosts), fitsAny(excludeHosts)];
  return {
    chosen: all.filter(({ name }) => (hosts.length === 0 || wanted(name)) && !excluded(name)),
    unknown: [...unfit(hosts, names), ...unfit(excludeHosts, [...names, ...archived])],
  };
}

function unfit(patterns: readonly string[], names: readonly string[]): string[] {
  return patterns.filter((pattern) => !names.some(globTest(pattern)));
}

/** Whether a name fits one of the patterns. */
export function fitsAny(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map(globTest);
  return (name) => tests.some((test) => test(name));
}
