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
    summary: "list the archives (the default command)",
    operands: "none",
  },
  show: { usage: "-H HOST -b N", summary: "show details of one archive", operands: "none" },
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
    summary: "check that archives are complete and intact",
    operands: "none",
  },
  gc: { usage: "[-H HOST]", summary: "delete chunks that no archive needs", operands: "none" },
  rekey: {
    usage: "HOST...|all",
    summary: "change the passphrase of all archives of hosts",
    operands: "some",
  },
  start: { usage: "HOST...", summary: "have BackupPC archive hosts now", operands: "some" },
  doctor: {
    usage: "",
    summary: "check configuration, store, keys, clock and BackupPC",
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
