import { type Common, defineCommand } from "../command-line/command.ts";
import { ACCEPT_UNVERIFIED } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface DiffInvocation extends Common {
  readonly host: string;
  /** BackupPC's backup numbers. */
  readonly from: number;
  readonly to: number;
  readonly acceptUnverified: boolean;
}

export const DIFF = defineCommand({
  name: "diff",
  usage: "HOST OLD NEW",
  summary: "compare the files of two archives of a host",
  operands: { most: 3 },
  options: { "accept-unverified": ACCEPT_UNVERIFIED },
  examples: [["backup-manager diff gandalf 122 123", "list what changed from backup 122 to 123"]],
  json: async () => (await import("./diff-json.ts")).diffJsonSchema,
  read({ acceptUnverified }, [host, ...numbers]) {
    const [from, to] = numbers.map((text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined));
    if (host === undefined || from === undefined || to === undefined)
      throw usageError("diff needs a host and two backup numbers");
    return { host, from, to, acceptUnverified: acceptUnverified === true };
  },
  async run(asked, { site, output }) {
    const { diff } = await import("./diff.ts");
    return await diff(asked, await site(), output);
  },
});
