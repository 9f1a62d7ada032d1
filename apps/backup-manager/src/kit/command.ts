import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, GROUPS } from "../command-line/option.ts";

export interface KitInvocation extends Common {
  /** A page for a browser, in place of plain text. */
  readonly html: boolean;
}

export const KIT = defineCommand({
  name: "kit",
  usage: "[--html]",
  summary: "print the sheet that a restore begins with, to keep on paper",
  options: { html: flag({ group: GROUPS.work, describe: "as a page that a browser prints" }) },
  examples: [["backup-manager kit > kit.txt", "write it to a file, to print; it has no secret"]],
  json: async () => (await import("./kit-json.ts")).kitJsonSchema,
  read: ({ html }) => ({ html: html === true }),
  async run(asked, { site, environment, output }) {
    const { kit } = await import("./kit.ts");
    return await kit(asked, await site(), environment, output);
  },
});
