import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, GROUPS, valued } from "../command-line/option.ts";
import { wholeNumberOf } from "../command-line/read-value.ts";
import { ACCEPT_UNVERIFIED, ATTEMPT, HOST } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface LsInvocation extends Common {
  readonly host: string;
  /** As it was typed; `""` is the root. */
  readonly path: string;
  /** The newest complete archive unless given. */
  readonly number: number | undefined;
  readonly attempt: string | undefined;
  readonly acceptUnverified: boolean;
  /** All that is below, however deep. */
  readonly recursive: boolean;
}

export const LS = defineCommand({
  name: "ls",
  usage: "HOST[:PATH] [-b N] [--recursive]",
  summary: "list the files of an archive",
  operands: { most: 1 },
  options: {
    host: HOST,
    // The host may stand in the operand, so it needs no --host.
    "backup-number": valued(
      {
        alias: "b",
        value: "N",
        group: GROUPS.which,
        describe: "this backup number [default: newest]",
      },
      wholeNumberOf("backup-number"),
    ),
    attempt: ATTEMPT,
    "accept-unverified": ACCEPT_UNVERIFIED,
    recursive: flag({ alias: "R", group: GROUPS.which, describe: "list all that is below, too" }),
  },
  examples: [
    ["backup-manager ls gandalf:/etc", "list /etc in the newest archive of gandalf"],
    ["backup-manager ls gandalf:/home -b 123 -R", "list all that is below /home in backup 123"],
  ],
  json: async () => (await import("./ls-json.ts")).lsJsonSchema,
  read({ host, backupNumber: number, attempt, acceptUnverified, recursive }, [word]) {
    const chosen = acceptUnverified === true;
    const more = { number, attempt, acceptUnverified: chosen, recursive: recursive === true };
    if (host !== undefined) return { host, path: word ?? "", ...more };
    if (word === undefined) throw usageError("ls needs HOST or HOST:PATH");
    const colon = word.indexOf(":");
    if (colon < 0) return { host: word, path: "", ...more };
    return { host: word.slice(0, colon), path: word.slice(colon + 1), ...more };
  },
  async run(asked, { site, output }) {
    const { ls } = await import("./ls.ts");
    return await ls(asked, await site(), output);
  },
});
