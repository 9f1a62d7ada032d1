import type { ArchiveHost } from "../backuppc/read-hosts.ts";
import { checkDestination } from "./check-destination.ts";
import { checkNode } from "./check-node.ts";
import { asFailure, type Finding, ok, warning } from "./finding.ts";
import { isExecutable } from "./find-program.ts";

const COMMAND = "ArchiveClientCmd";
const TIMEOUT = "ClientTimeout";
/** As BackupPC replaces them, and archive-host counts on them. */
const ARGUMENTS =
  "$tarCreatePath $splitpath $parpath $host $backupnumber $compression $compext $splitsize $archiveloc $parfile *";
/** Seconds. */
const A_DAY = 86_400;

/** Whether the archive host has another command than BackupPC's own, which stores archives in the clear. */
export function isOurs({ command }: ArchiveHost): boolean {
  return command !== "" && !/(^|\/)BackupPC_archiveHost(\s|$)/.test(command);
}

/** An archive host that archives by BackupPC's own program where there is none that does it by ours. */
export function notOurs({ name, destination }: ArchiveHost): Finding {
  const message = `archive host ${name} runs BackupPC's own program: it archives in the clear to ${destination}, and reports success`;
  const remedy = `Set $Conf{ArchiveClientCmd} of ${name} as docs/install.md has it.`;
  return asFailure(warning(COMMAND, message, remedy));
}

/** What BackupPC's configuration of an archive host means for archive-host. @param path BackupPC's for its commands */
export async function checkArchiveHost(
  archiveHost: ArchiveHost,
  path: string,
  stateDirectory: string | undefined,
): Promise<Finding[]> {
  const { command } = archiveHost;
  const words = command.split(/\s+/);
  const [, ...afterSetsid] = words;
  const isInSession = /(^|\/)setsid$/.test(words[0] ?? "");
  const [program = "", ...args] = isInSession ? afterSetsid : words;
  const isThere = await isExecutable(program);
  return [
    await checkCommand(archiveHost, { program, args, setsid: isInSession ? words[0] : undefined }),
    ...(isThere ? await checkNode(program, path) : []),
    await checkDestination(archiveHost, stateDirectory),
    checkTimeout(archiveHost),
  ];
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly setsid: string | undefined;
}

async function checkCommand(
  { name }: ArchiveHost,
  { program, args, setsid }: Command,
): Promise<Finding> {
  for (const file of [setsid, program].filter((each) => each !== undefined))
    if (!(await isExecutable(file)))
      return asFailure(
        warning(
          COMMAND,
          `${file} of archive host ${name} is not there or cannot be run`,
          file === program
            ? `Run: ln -s "$(command -v archive-host)" ${program}`
            : "Install util-linux, which has /usr/bin/setsid.",
        ),
      );
  if (!args.join(" ").endsWith(ARGUMENTS))
    return asFailure(
      warning(
        COMMAND,
        `archive host ${name} does not give archive-host its eleven arguments`,
        "Set it as docs/install.md has it.",
      ),
    );
  if (setsid !== undefined) return ok(COMMAND, `${program} of archive host ${name}`);
  const remedy = "Put /usr/bin/setsid in front of it.";
  return warning(COMMAND, `archive host ${name} has no setsid: a cancel is lost`, remedy);
}

/** BackupPC's own default is 20 hours. */
function checkTimeout({ name, clientTimeout }: ArchiveHost): Finding {
  const message = `${clientTimeout} s of archive host ${name}`;
  if (clientTimeout >= A_DAY) return ok(TIMEOUT, message);
  const remedy = `Set $Conf{ClientTimeout} = 720000 in the configuration of ${name}.`;
  return warning(TIMEOUT, `${message}: BackupPC cancels an archive that takes longer`, remedy);
}
