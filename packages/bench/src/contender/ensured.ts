import { type Command, measuredRun } from "../measure/measured-run.ts";

/** Runs other lines in the place and with the variables of a peer's command. */
export function ensured(script: string): (command: Command) => Promise<void> {
  return async (command) => {
    await measuredRun({ ...command, args: ["-c", `set -e\n${script}`] });
  };
}
