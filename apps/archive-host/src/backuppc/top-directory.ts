import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import {
  bareEnvironment,
  childEnd,
  couldNotBeRun,
  killOnAbort,
  started,
} from "@backuppc-archive-s3/process";

/** Milliseconds that perl may take: it needs a tenth of a second. */
const PATIENCE = 30_000;

/** BackupPC's `$Conf{TopDir}`, or why it is not known, to stand in brackets. */
export type TopDirectory = { readonly folder: string } | { readonly why: string };

/**
 * Asks BackupPC itself for its top directory: its configuration is a program in perl, which may be anywhere and spell it in any way.
 *
 * @param tarCreatePath BackupPC_tarCreate, which says where BackupPC's library is
 */
export async function readTopDirectory(
  tarCreatePath: string,
  signal: AbortSignal,
): Promise<TopDirectory> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const env = bareEnvironment();
  const args = ["-e", PROGRAM, tarCreatePath];
  try {
    const child = await started(() =>
      spawn("perl", args, { stdio: ["ignore", "pipe", "pipe"], cwd: "/", env }),
    );
    killOnAbort(child, limited);
    const [end, said, complaint] = await Promise.all([
      childEnd(child),
      text(child.stdout).catch(() => ""),
      text(child.stderr).catch(() => ""),
    ]);
    return end.well ? folderIn(said) : { why: reasonIn(complaint, `perl ${end.how}`) };
  } catch (error) {
    return { why: `perl ${couldNotBeRun(error)}` };
  }
}

/** Finds the library as BackupPC_tarCreate does, by its own lines; beside it unless it has some. */
const PROGRAM = `
use strict;
use File::Basename;
# What the configuration prints is no part of the answer.
open(my $answer, ">&", STDOUT);
open(STDOUT, ">", "/dev/null");
my $program = shift;
open(my $lines, "<", $program) or die("$program: $!\\n");
while (<$lines>) {
    last if (/^\\s*use\\s+BackupPC::/);
    eval $_ if (/^\\s*use\\s+lib\\s/);
}
close($lines);
push(@INC, dirname(dirname($program)) . "/lib");
require BackupPC::Lib;
my $bpc = BackupPC::Lib->new("", "", "", 1) or exit(1);
print($answer $bpc->TopDir);
`;

function folderIn(folder: string): TopDirectory {
  return folder.startsWith("/") ? { folder } : { why: "BackupPC has no TopDir" };
}

/** Characters that are worth a place in a line. */
const SHOWN = 200;

/** The first line: what perl says later goes on from it. */
function reasonIn(complaint: string, otherwise: string): string {
  const [line = ""] = complaint.trim().split("\n");
  // Perl goes on with the folders in which it looked, and with the place in our program.
  const reason = line.replace(/ (\(you may need|\(@INC|at -e line).*/, "").slice(0, SHOWN);
  return reason === "" ? otherwise : reason;
}
