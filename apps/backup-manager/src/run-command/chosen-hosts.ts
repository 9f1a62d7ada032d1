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

export function chosenHosts(
  all: readonly BackedUpHost[],
  { hosts, excludeHosts }: HostChoice,
): ChosenHosts {
  const [wanted, excluded] = [fitsAny(hosts), fitsAny(excludeHosts)];
  return {
    chosen: all.filter(({ name }) => (hosts.length === 0 || wanted(name)) && !excluded(name)),
    unknown: [...hosts, ...excludeHosts].filter((pattern) => {
      const test = globTest(pattern);
      return !all.some(({ name }) => test(name));
    }),
  };
}

/** Whether a name fits one of the patterns. */
export function fitsAny(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map(globTest);
  return (name) => tests.some((test) => test(name));
}
