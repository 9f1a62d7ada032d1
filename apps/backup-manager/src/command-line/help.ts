import { COMMAND_NAMES, COMMANDS, type CommandName } from "./commands.ts";
import { type Option, optionsOf } from "./options.ts";

/** The help of the program, or of one command. */
export function helpText(command: CommandName | undefined): string {
  const sections =
    command === undefined
      ? [
          "backup-manager [command] [options]",
          "Options may stand before or after the command.",
          `Commands:\n${lines(COMMAND_NAMES.map((name) => [name, COMMANDS[name].summary]))}`,
        ]
      : [`backup-manager ${command} ${COMMANDS[command].usage}`.trim(), COMMANDS[command].summary];
  const options = lines(
    optionsOf(command).flatMap(([name, option]) =>
      option.hidden ? [] : [describe(name, option, command)],
    ),
  );
  return `${[...sections, `Options:\n${options}`, EPILOGUE].join("\n\n")}\n`;
}

function describe(
  name: string,
  { short, value, summary, commands }: Option,
  command: CommandName | undefined,
): [string, string] {
  const flags = `${short === undefined ? "    " : `-${short}, `}--${name}`;
  const only = commands === undefined || command !== undefined ? "" : ` (${commands.join(", ")})`;
  return [value === undefined ? flags : `${flags} ${value}`, summary + only];
}

function lines(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n");
}

const EPILOGUE = `The configuration file is --config, otherwise $BACKUPPC_ARCHIVE_S3_CONFIG, otherwise
/etc/backuppc-archive-s3/config.toml.

Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 4 nothing matched,
10 no such host or archive, 13 a check found damage.`;
