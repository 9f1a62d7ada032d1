import {
  LogTail,
  openAlarms,
  type Sample,
  startSyslog,
  type Syslog,
  writeMetrics,
} from "@backuppc-archive-s3/alarms";
import { loadSettings, secretsOf } from "@backuppc-archive-s3/settings";
import { type Output, wholeText } from "../output.ts";

/** A run of a command that nobody watches. */
export interface AlarmedCommand {
  readonly name: string;
  /** What --config says. */
  readonly config: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly output: Output;
}

/**
 * Does the work, and has whoever the configuration names learn how it ended.
 *
 * @param work gives the exit status, which none of that changes
 */
export async function alarmed(
  { name, config, environment, output }: AlarmedCommand,
  work: (output: Output) => Promise<number>,
): Promise<number> {
  const options = { file: config, environment, readOnly: true, manager: true };
  const settings = await loadSettings(options).catch(() => undefined);
  // What is wrong with it, the work says.
  if (settings === undefined) return await work(output);
  const log = new LogTail();
  const said = new Set<string>();
  const program = `backup-manager-${name}`;
  const syslog = settings.syslog ? startSyslog(program, (line) => output.note(line)) : undefined;
  const alarms = openAlarms(settings, { program });
  alarms.begin();
  const status = await work(listening(output, log, said, syslog));
  const message = `${name} ended with status ${status}`;
  syslog?.take(message, status === 0 ? "info" : "error");
  const tail = `${log.text(secretsOf(settings))}${message}\n`;
  const notes = [
    ...(await alarms.end({ status, message, tail })),
    await writeMetrics(settings.metricsFile, ended(name, status)),
  ].flatMap((note) => (note === undefined ? [] : [`warning: ${note}`]));
  for (const note of notes) if (!said.has(note)) output.note(note);
  await syslog?.flushed();
  return status;
}

/** @param said gets the notes */
function listening(
  output: Output,
  log: LogTail,
  said: Set<string>,
  syslog: Syslog | undefined,
): Output {
  return {
    ...output,
    result: async (result) => {
      const text = wholeText(result);
      for (const line of text.trimEnd().split("\n")) log.take(line);
      await output.result(text);
    },
    note: (line) => {
      said.add(line);
      log.take(line);
      syslog?.take(line, "info");
      output.note(line);
    },
  };
}

/** A run of the command has ended. */
function ended(command: string, status: number): (there: readonly Sample[]) => readonly Sample[] {
  const fresh: readonly Sample[] = [
    {
      name: "backuppc_archive_command_last_run_timestamp_seconds",
      labels: { command },
      value: Math.round(Date.now() / 1000),
    },
    { name: "backuppc_archive_command_last_exit_status", labels: { command }, value: status },
  ];
  return (there) => [...there.filter(({ labels }) => labels["command"] !== command), ...fresh];
}
