import { type Common, defineCommand } from "../command-line/command.ts";
import { HOST } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface FindInvocation extends Common {
  readonly glob: string;
  /** All hosts unless given. */
  readonly host: string | undefined;
}

export const FIND = defineCommand({
  name: "find",
  usage: "GLOB [-H HOST]",
  summary: "find files in all archives, and when they changed",
  operands: { most: 1 },
  options: { host: HOST },
  examples: [
    ["backup-manager find fstab -H gandalf", "list each version of each fstab of gandalf"],
    ["backup-manager find '/etc/**/*.conf'", "hold the whole path against the pattern"],
  ],
  json: async () => (await import("./find-json.ts")).findJsonSchema,
  read({ host }, [glob]) {
    if (glob === undefined || glob === "")
      throw usageError("find needs a pattern, such as '*.conf'");
    return { glob, host };
  },
  async run(asked, { site, output }) {
    const { find } = await import("./find.ts");
    return await find(asked, await site(), output);
  },
});
