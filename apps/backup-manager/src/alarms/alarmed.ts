import {
  LogTail,
  openAlarms,
  type Sample,
  startSyslog,
  type Syslog,
  updateMetrics,
} from "@backuppc-archive-s3/alarms";
import { loadSettings, secretsOf, type Settings } from "@backuppc-archive-s3/settings";
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
  const program = `backup-manager-${name}`;
  const syslog = settings.syslog ? startSyslog(program, (line) => output.note(line)) : undefined;
  const alarms = openAlarms(settings, { program });
  alarms.begin();
  const status = await work(listening(output, log, syslog));
  const message = `${name} ended with status ${status}`;
  syslog?.take(message, status === 0 ? "info" : "error");
  const tail = `${log.text(secretsOf(settings))}${message}\n`;
  const notes = await alarms.end({ status, message, tail });
  notes.push(...(await writeMetrics(settings, name, status)));
  for (const note of notes) output.note(`warning: ${note}`);
  await syslog?.flushed();
  return status;
}

function listening(output: Output, log: LogTail, syslog: Syslog | undefined): Output {
  return {
    ...output,
    result: async (result) => {
      const text = wholeText(result);
      for (const line of text.trimEnd().split("\n")) log.take(line);
      await output.result(text);
    },
    note: (line) => {
      log.take(line);
      syslog?.take(line, "info");
      output.note(line);
    },
  };
}

async function writeMetrics(
  { metricsFile }: Settings,
  command: string,
  status: number,
): Promise<string[]> {
  if (metricsFile === undefined) return [];
  const fresh: readonly Sample[] = [
    {
      name: "backuppc_archive_command_last_run_timestamp_seconds",
      labels: { command },
      value: Math.round(Date.now() / 1000),
    },
    { name: "backuppc_archive_command_last_exit_status", labels: { command }, value: status },
  ];
  const isOld = ({ labels }: Sample): boolean => labels["command"] === command;
  try {
    await updateMetrics(metricsFile, (there) => [
      ...there.filter((sample) => !isOld(sample)),
      ...fresh,
    ]);
    return [];
  } catch (error) {
    return [
      `metricsFile can't be written: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}
