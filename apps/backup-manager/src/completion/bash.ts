import type { Command } from "../command-line/command.ts";
import {
  completedOperands,
  type CompletedOption,
  completedOptions,
  optionsOfAll,
} from "./completed-options.ts";

/** A file for bash: completes commands, their options and operands, and names of files. */
export function bashCompletion(commands: readonly Command[]): string {
  const all = optionsOfAll(commands);
  const names = commands.map(({ name }) => name);
  return `# bash completion for backup-manager, printed by \`backup-manager completion bash\`

_backup_manager() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command="" at
  # readline splits --host=gandalf at the equals sign.
  if [[ $word == = ]]; then
    word=""
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $before in
    ${pattern(all.filter(({ value }) => value === "FILE"))})
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    ${pattern(all.filter(({ value }) => value === "DIR"))})
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      return
      ;;
    ${pattern(all.filter(isOther))}) return ;;
  esac
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${pattern(all.filter(needsValue))}) ((at++)) ;;
      ${names.join(" | ")})
        command=\${COMP_WORDS[at]}
        break
        ;;
    esac
  done
  local options="${words(all)}" operands="${names.join(" ")}"
  case $command in
${commands.map((command) => ofCommand(command, commands)).join("\n")}
  esac
  [[ $word == -* ]] && operands=$options
  mapfile -t COMPREPLY < <(compgen -W "$operands" -- "$word")
}

complete -F _backup_manager backup-manager
`;
}

function ofCommand(command: Command, commands: readonly Command[]): string {
  const { name, options } = command;
  const operands = completedOperands(command, commands).join(" ");
  return `    ${name}) options="${words(completedOptions(options))}" operands="${operands}" ;;`;
}

function needsValue({ value, isOptional }: CompletedOption): boolean {
  return value !== undefined && !isOptional;
}

/** What it is, only the user knows. */
function isOther(option: CompletedOption): boolean {
  return needsValue(option) && option.value !== "FILE" && option.value !== "DIR";
}

function words(options: readonly CompletedOption[]): string {
  return options.flatMap((option) => option.words).join(" ");
}

function pattern(options: readonly CompletedOption[]): string {
  return options.flatMap((option) => option.words).join(" | ");
}
