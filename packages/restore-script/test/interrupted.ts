import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import type { Bench } from "./bench.ts";
import { GZIP } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";

/** Not ksh93: it loses a signal that comes while it runs a subshell in itself. */
export const SHELLS = ["dash", "bash", "busybox sh", "zsh"];

/** What a run is asked for. */
const RUNS = {
  restore: ["restored"],
  download: ["--download", "chunks", "restored"],
  members: ["restored", "etc/hard link", "numbers"],
} as const;

export interface Moment {
  readonly shell: string;
  readonly run: keyof typeof RUNS;
  readonly downloader: "curl" | "wget";
  /** INT comes before the program does its work, or when it has. */
  readonly when: "before" | "after";
}

export function momentsOf(shell: string): Moment[] {
  return (["restore", "download", "members"] as const).flatMap((run) =>
    (["curl", "wget"] as const).flatMap((downloader) =>
      (["before", "after"] as const).map((when) => ({ shell, run, downloader, when })),
    ),
  );
}

/** How many programs such a run starts, which restores where nothing interrupts it. */
export async function countStarts(bench: Bench, moment: Moment): Promise<number> {
  expect(await runInterrupted(bench, moment, 0)).toMatchObject({ status: 0 });
  return (await readFile(countOf(bench), "utf8")).length;
}

/**
 * Sends INT to all processes of a run, as a terminal does, with the start of its `at`th program: it must end at once,
 * say how to go on, and leave nothing.
 */
export async function expectWellInterrupted(
  bench: Bench,
  moment: Moment,
  at: number,
): Promise<void> {
  const ended = await runInterrupted(bench, moment, at);
  // What is interrupted when all is done has been done.
  const last = ended.status === 0 ? /^Restored / : /: Interrupted\. The next run/;
  expect(ended).toMatchObject({
    status: expect.toBeOneOf([0, 130]),
    lastLine: expect.stringMatching(last),
  });
  await bench.nothingIsLeft();
  const restored = bench.path("restored");
  const names = existsSync(restored) ? await readdir(restored) : [];
  expect(names.filter((name) => name.startsWith(".restore"))).toEqual([]);
  expect(existsSync(bench.path("chunks/.in-use"))).toBe(false);
}

async function runInterrupted(bench: Bench, moment: Moment, at: number): Promise<Ended> {
  const { shell, run, downloader, when } = moment;
  await bench.startAfresh();
  await bench.archive({ ...GZIP, index: true });
  await writeFile(countOf(bench), "");
  const env = { STARTED: countOf(bench), INTERRUPT_AT: String(at) };
  const how = { shell, downloader, programs: await interruptingPrograms(when), env };
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...RUNS[run]], how);
}

/** A byte for each program that was started. */
function countOf(bench: Bench): string {
  return bench.path("started");
}

const USED = [
  ..."awk cat cp curl cut date df du gpg gzip head id igzip ln ls mkdir mkfifo mktemp mv openssl".split(
    " ",
  ),
  ..."pigz rm rmdir sha256sum sleep stty tail tar tee touch tr tty wc wget chmod chown".split(" "),
];

async function interruptingPrograms(when: Moment["when"]): Promise<Record<string, string>> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const real = USED.map((name) => [name, folders.find((folder) => existsSync(join(folder, name)))]);
  const found = real.filter(([, folder]) => folder !== undefined);
  return Object.fromEntries(
    found.map(([name, folder]) => [name, interrupting(`${folder}/${name}`, when)]),
  );
}

/** Starts no process before the program: one would outlive it where it is killed. */
function interrupting(program: string, when: Moment["when"]): string {
  const call =
    when === "before"
      ? 'kill -INT 0; exec "$real" "$@"'
      : '"$real" "$@"; ended=$?; kill -INT 0; exit "$ended"';
  return `#!/bin/sh
real=${program}
printf . >>"$STARTED"
sends() { read -r all <"$STARTED"; [ "\${#all}" -ge "$INTERRUPT_AT" ] && set -C && { true >"$STARTED.at"; } 2>/dev/null; }
[ "$INTERRUPT_AT" -gt 0 ] && sends || exec "$real" "$@"
${call}
`;
}
