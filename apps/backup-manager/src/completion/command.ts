import { defineCommand } from "../command-line/command.ts";
import { usageError } from "../command-line/usage-error.ts";

const SHELLS = ["bash", "zsh"] as const;

type Shell = (typeof SHELLS)[number];

export const COMPLETION = defineCommand({
  name: "completion",
  usage: SHELLS.join("|"),
  summary: "print what completes commands and options in a shell",
  operands: { most: 1, choices: SHELLS },
  options: {},
  examples: [
    [
      "backup-manager completion bash > /etc/bash_completion.d/backup-manager",
      "complete in bash (with bash-completion)",
    ],
    [
      "backup-manager completion zsh > _backup-manager",
      "complete in zsh: put the file into a folder of $fpath",
    ],
  ],
  read: (_, [word]) => ({ shell: shellOf(word) }),
  async run({ shell }, { output }) {
    const { COMMANDS } = await import("../command-line/commands.ts");
    const { bashCompletion } = await import("./bash.ts");
    const { zshCompletion } = await import("./zsh.ts");
    await output.result({ bash: bashCompletion, zsh: zshCompletion }[shell](COMMANDS));
    return "done";
  },
});

function shellOf(word: string | undefined): Shell {
  const shell = SHELLS.find((name) => name === word);
  if (shell === undefined) throw usageError(`completion needs one of ${SHELLS.join(", ")}`);
  return shell;
}
