import { archiveTar } from "@backuppc-archive-s3/archiver";
import { parseArguments } from "./arguments.ts";
import { abortOnSignals, interrupted, isInterrupted, outOfPatience } from "./cancel.ts";
import { EXIT_STATUS, exitStatusOf } from "./exit-status.ts";
import { closeLeakedFiles } from "./parent/leaked-files.ts";
import { watchParent } from "./parent/watch-parent.ts";
import { prepare } from "./prepare.ts";
import { closingLine } from "./report/closing-line.ts";
import { errorLine, openOutput } from "./report/output.ts";
import { openReport, type Report } from "./report/report.ts";
import { type Ended, sendAlarms } from "./report/send-alarms.ts";
import { unforeseen } from "./unforeseen.ts";

/**
 * Runs archive-host: the one place where errors become a last line and an exit status.
 *
 * Ends the process rather than letting it run out: after a failure nothing
 * may keep BackupPC waiting, neither a socket nor a thread.
 */
export async function runArchiveHost(): Promise<never> {
  closeLeakedFiles();
  const controller = new AbortController();
  const { signal } = controller;
  const cancel = (how: string): void => controller.abort(interrupted(how));
  abortOnSignals(controller);
  const output = openOutput(process.stdout, () => cancel("BackupPC no longer listens"));
  const report = openReport(output);
  const ends: readonly Promise<never>[] = [outOfPatience(signal), unforeseen()];
  const archived = watchParent(cancel).then(() => archive(report, controller));
  const ended = await Promise.race([archived, ...ends]).catch((error: unknown): Ended => {
    // What is cancelled fails in many ways, each of them the cancel's doing.
    const cause = isInterrupted(signal.reason) ? signal.reason : error;
    return { line: errorLine(cause), status: exitStatusOf(cause) };
  });
  await conclude(ended, report, signal);
  await new Promise((resolve) => process.stdout.write("", resolve));
  process.exit(ended.status);
}

/** Reports how it ended, to BackupPC last: the last line is what it shows. No alarm may keep it from that. */
async function conclude(ended: Ended, report: Report, signal: AbortSignal): Promise<void> {
  const followed = report.followed();
  if (followed !== undefined && !signal.aborted) {
    const notes = await Promise.race([sendAlarms(followed, ended, false), untilAborted(signal)]);
    for (const note of notes) report.say(`warning: ${note}`);
  }
  report.end(ended.line, ended.head === undefined ? "error" : "info");
  // Otherwise an early failure would be over before logger is there.
  const sending =
    followed !== undefined && signal.aborted ? sendAlarms(followed, ended, true) : undefined;
  await Promise.all([report.flushed(), sending]);
}

async function untilAborted(signal: AbortSignal): Promise<readonly string[]> {
  return await new Promise((resolve) => signal.addEventListener("abort", () => resolve([])));
}

async function archive(report: Report, controller: AbortController): Promise<Ended> {
  const request = parseArguments(process.argv.slice(2));
  const { signal } = controller;
  const { options, sourceErrors, close } = await prepare(request, process.env, report, signal);
  try {
    const archived = await archiveTar(options);
    const { head } = archived;
    const well = head.sourceErrors === 0 || sourceErrors === "warn";
    const status = well ? EXIT_STATUS.archived : EXIT_STATUS.sourceErrors;
    return { status, line: closingLine(archived), head };
  } finally {
    await close();
  }
}
