import type { Command } from "../command-line/command.ts";
import {
  completedOperands,
  type CompletedOption,
  completedOptions,
  optionsOfAll,
} from "./completed-options.ts";

/** A file for zsh, `_backup-manager` in a folder of $fpath: as for bash, and says what each does. */
export function zshCompletion(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name);
  const described = commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`);
  return `#compdef backup-manager
# zsh completion for backup-manager, printed by \`backup-manager completion zsh\`

_backup_manager() {
  local command="" word
  local -a commands options operands
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      ${names.join("|")})
        command=$word
        break
        ;;
    esac
  done
  commands=(
${described.join("\n")}
  )
  case $command in
${commands.map((command) => ofCommand(command, commands)).join("\n")}
    *)
      options=(
${specs(optionsOfAll(commands))}
      )
      operands=('1: :{_describe command commands}')
      ;;
  esac
  _arguments -s : $options $operands
}

if [ "$funcstack[1]" = "_backup-manager" ]; then
  _backup_manager "$@"
else
  compdef _backup_manager backup-manager
fi
`;
}

function ofCommand(command: Command, commands: readonly Command[]): string {
  const { name, options } = command;
  const operands = completedOperands(command, commands);
  const rest = operands.length === 0 ? "" : ` '*: :(${operands.join(" ")})'`;
  return `    ${name})
      options=(
${specs(completedOptions(options))}
      )
      operands=('1: :(${name})'${rest})
      ;;`;
}

function specs(options: readonly CompletedOption[]): string {
  return options
    .flatMap(specsOf)
    .map((spec) => `        ${quoted(spec)}`)
    .join("\n");
}

/** One for each word of an option; each excludes the others. */
function specsOf({ words, describe, value, isOptional }: CompletedOption): string[] {
  const excluded = words.length > 1 ? `(${words.join(" ")})` : "";
  return words.map((word) => {
    const about = `[${describe.replaceAll(/[[\]:]/g, String.raw`\$&`)}]`;
    if (value === undefined) return `${excluded}${word}${about}`;
    const action = { FILE: "_files", DIR: "_files -/" }[value] ?? " ";
    if (isOptional) return `${excluded}${word}=-${about}::${value.replaceAll(/\W/g, "")}:${action}`;
    return `${excluded}${word}${word.startsWith("--") ? "=" : "+"}${about}:${value}:${action}`;
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
