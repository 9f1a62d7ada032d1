import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued } from "../command-line/option.ts";
import { usageError } from "../command-line/usage-error.ts";
import { textOf } from "../command-line/read-value.ts";

export interface KitInvocation extends Common {
  /** Where a page for a browser goes, in place of plain text; `-`: to stdout. */
  readonly html: string | undefined;
}

export const KIT = defineCommand({
  name: "kit",
  usage: "[--html FILE]",
  summary: "print the sheet that a restore begins with, to keep on paper",
  options: {
    html: valued(
      {
        value: "FILE",
        group: GROUPS.work,
        describe: "where to write a page that a browser prints; - is stdout",
      },
      textOf("html"),
    ),
  },
  examples: [["backup-manager kit > kit.txt", "write it to a file, to print; it has no secret"]],
  json: async () => (await import("./kit-json.ts")).kitJsonSchema,
  read({ html, json }) {
    if (html !== undefined && json === true) throw usageError("--html goes without --json");
    return { html };
  },
  async run(asked, { site, environment, output }) {
    const { kit } = await import("./kit.ts");
    return await kit(asked, await site(), environment, output);
  },
});
