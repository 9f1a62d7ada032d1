import { type Common, defineCommand } from "../command-line/command.ts";
import { ATTEMPT, BACKUP_NUMBER, HOST } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface ShowInvocation extends Common {
  readonly host: string;
  readonly number: number;
  readonly attempt: string | undefined;
}

export const SHOW = defineCommand({
  name: "show",
  usage: "-H HOST -b N",
  summary: "show details of one archive",
  options: { host: HOST, "backup-number": BACKUP_NUMBER, attempt: ATTEMPT },
  examples: [
    [
      "backup-manager show -H gandalf -b 123",
      "show signature, size, compression and more of backup 123",
    ],
  ],
  json: async () => (await import("./show-json.ts")).showJsonSchema,
  read({ host, backupNumber: number, attempt }) {
    if (host === undefined || number === undefined)
      throw usageError("show needs --host and --backup-number");
    return { host, number, attempt };
  },
  async run(asked, { site, output }) {
    const { show } = await import("./show.ts");
    return await show(asked, await site(), output);
  },
});
