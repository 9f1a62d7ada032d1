/** What a command is called, takes and does, for the help. */
export interface CommandWords {
  /** What stands after the command in its usage. */
  readonly usage: string;
  readonly summary: string;
  /** How many words may follow the command. */
  readonly operands: "none" | "one" | "some";
}

export const COMMANDS = {
  list: {
    usage: "[-H HOST [-b N]]",
    summary: "list the archives (what is done without a command)",
    operands: "none",
  },
  show: { usage: "-H HOST -b N", summary: "tell all about one archive", operands: "none" },
  script: {
    usage: "-H HOST [-b N] | --all --directory DIR",
    summary: "write restore scripts",
    operands: "none",
  },
  delete: {
    usage: "-a DAYS [-k N] | -H HOST -b N",
    summary: "delete archives that are old, or all of one backup",
    operands: "none",
  },
  verify: {
    usage: "[-H HOST [-b N]] [--data [PERCENT]]",
    summary: "look whether archives are whole",
    operands: "none",
  },
  gc: { usage: "", summary: "delete what no archive owns", operands: "none" },
  start: { usage: "HOST...", summary: "have BackupPC archive hosts now", operands: "some" },
  doctor: {
    usage: "",
    summary: "try configuration, store, keys, clock and BackupPC",
    operands: "none",
  },
  policy: {
    usage: "uploader|manager|signer",
    summary: "print the least rights that an access key needs",
    operands: "one",
  },
} as const satisfies Readonly<Record<string, CommandWords>>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommandName);

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}
