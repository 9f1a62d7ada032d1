import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued } from "../command-line/option.ts";
import { percentOf } from "../command-line/read-value.ts";
import { ATTEMPT, BACKUP_NUMBER, HOST } from "../command-line/shared-options.ts";

export interface VerifyInvocation extends Common {
  readonly host: string | undefined;
  readonly number: number | undefined;
  readonly attempt: string | undefined;
  /** Percent of the chunks to download; none if undefined. */
  readonly data: number | undefined;
}

export const VERIFY = defineCommand({
  name: "verify",
  usage: "[-H HOST [-b N]] [--data [PERCENT]]",
  summary: "check that archives are complete and intact",
  options: {
    host: HOST,
    "backup-number": BACKUP_NUMBER,
    attempt: ATTEMPT,
    data: valued(
      {
        value: "[PERCENT]",
        alone: "100",
        group: GROUPS.work,
        describe: "download and decrypt that share of the chunks [default: 100]",
      },
      percentOf("data"),
    ),
  },
  examples: [
    ["backup-manager verify", "check that every chunk is in the bucket"],
    ["backup-manager verify --data 5", "also download and decrypt 5 % of the chunks"],
  ],
  json: async () => (await import("./verify-json.ts")).verifyJsonSchema,
  read: ({ host, backupNumber: number, attempt, data }) => ({ host, number, attempt, data }),
  async run(asked, { site, output }) {
    const { verify } = await import("./verify.ts");
    return await verify(asked, await site(), output);
  },
});
