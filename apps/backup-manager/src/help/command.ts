import { defineCommand } from "../command-line/command.ts";

export const HELP = defineCommand({
  name: "help",
  usage: "[COMMAND]",
  summary: "show the help of the program, or of a command",
  operands: { most: 1, choices: "commands" },
  options: {},
  examples: [["backup-manager help delete", "show the options of delete"]],
  read: (_, [about]) => ({ about }),
  async run({ about }, { output }) {
    const { helpText } = await import("../command-line/help.ts");
    await output.result(await helpText(about));
    return "done";
  },
});
