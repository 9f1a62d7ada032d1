import type { LiveRoot, TypeOptions } from "./live-root.ts";

/** The clock of what is started in a root, also of what runs already: libfaketime reads its file anew after a second. */
export interface MovedClock {
  readonly now: () => Date;
  readonly moveTo: (time: Date) => Promise<void>;
  /** As {@link LiveRoot.type}, by this clock. */
  readonly type: LiveRoot["type"];
  readonly env: Readonly<Record<string, string>>;
}

/** Moves the clock of perl, node, gpg and curl. The machine's stays as it is, and so do the times of files. */
export function movedClock(root: LiveRoot): MovedClock {
  let offset = 0;
  return {
    env: ENVIRONMENT,
    now: () => new Date(Date.now() + offset),
    moveTo: async (time) => {
      offset = time.getTime() - Date.now();
      await root.write("etc/moved-clock", `+${Math.round(offset / 1000)}\n`);
    },
    type: async (script: string, { input, env }: TypeOptions = {}) =>
      await root.type(script, {
        ...(input === undefined ? {} : { input }),
        env: { ...ENVIRONMENT, ...env },
      }),
  };
}

const ENVIRONMENT = {
  LD_PRELOAD: "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
  FAKETIME_TIMESTAMP_FILE: "/etc/moved-clock",
  FAKETIME_CACHE_DURATION: "1",
  // Timers go on by the machine's clock.
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  DONT_FAKE_MONOTONIC: "1",
  NO_FAKE_STAT: "1",
  FAKETIME_DISABLE_SHM: "1",
};
