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
  const ends = [outOfPatience(signal), unforeseen()];
  const archived = watchParent(cancel).then(() => archive(report, controller));
  const status = await Promise.race([archived, ...ends]).catch((error: unknown) => {
    // What is cancelled fails in many ways, each of them the cancel's doing.
    const cause = isInterrupted(signal.reason) ? signal.reason : error;
    report.fail(errorLine(cause));
    return exitStatusOf(cause);
  });
  // Otherwise an early failure would be over before logger is there.
  await report.flushed();
  await new Promise((resolve) => process.stdout.write("", resolve));
  process.exit(status);
}

async function archive(report: Report, controller: AbortController): Promise<number> {
  const { say } = report;
  const request = parseArguments(process.argv.slice(2));
  const { signal } = controller;
  const { options, sourceErrors, close } = await prepare(request, process.env, report, signal);
  try {
    const archived = await archiveTar(options);
    say(closingLine(archived));
    if (archived.head.sourceErrors === 0) return EXIT_STATUS.archived;
    return sourceErrors === "warn" ? EXIT_STATUS.archived : EXIT_STATUS.sourceErrors;
  } finally {
    await close();
  }
}
