import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued } from "../command-line/option.ts";
import { textOf } from "../command-line/read-value.ts";
import { LIST_AFTERWARDS } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface RekeyInvocation extends Common {
  /** All hosts that have archives if undefined. */
  readonly hosts: readonly string[] | undefined;
  /** The configuration's passphrase if undefined. */
  readonly oldPassphraseFile: string | undefined;
  /** Asked for at the terminal if undefined. */
  readonly newPassphraseFile: string | undefined;
}

export const REKEY = defineCommand({
  name: "rekey",
  usage: "HOST...|all",
  summary: "change the passphrase of all archives of hosts",
  operands: { most: Infinity },
  options: {
    "old-passphrase-file": valued(
      {
        value: "FILE",
        group: GROUPS.work,
        describe: "the passphrase that opens the archives now [default: the configuration's]",
      },
      textOf("old-passphrase-file"),
    ),
    "new-passphrase-file": valued(
      {
        value: "FILE",
        group: GROUPS.work,
        describe: "the passphrase that will open them [default: asked for]",
      },
      textOf("new-passphrase-file"),
    ),
    list: LIST_AFTERWARDS,
  },
  examples: [
    [
      "backup-manager rekey all --new-passphrase-file /root/new",
      "change the passphrase of all hosts",
    ],
  ],
  json: async () => (await import("./rekey-json.ts")).rekeyJsonSchema,
  read({ oldPassphraseFile, newPassphraseFile }, operands) {
    if (operands.length === 0) throw usageError("rekey needs a host, or all");
    // A host that is called "all" goes with its archives, and cannot be named alone.
    const hosts = operands.includes("all") ? undefined : operands;
    return { hosts, oldPassphraseFile, newPassphraseFile };
  },
  async run(asked, { site, output }) {
    const { rekey } = await import("./rekey.ts");
    return await rekey(asked, await site(), output);
  },
});
