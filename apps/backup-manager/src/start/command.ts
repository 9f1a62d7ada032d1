import { type Common, defineCommand } from "../command-line/command.ts";
import { ARCHIVE_HOST, LIST_AFTERWARDS } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface StartInvocation extends Common {
  readonly hosts: readonly string[];
  readonly archiveHost: string | undefined;
}

export const START = defineCommand({
  name: "start",
  usage: "HOST...",
  summary: "have BackupPC archive hosts now",
  operands: { most: Infinity },
  options: { "archive-host": ARCHIVE_HOST, list: LIST_AFTERWARDS },
  examples: [
    ["backup-manager start gandalf witte", "archive two hosts (as BackupPC's user, on its server)"],
  ],
  json: async () => (await import("./start-json.ts")).startJsonSchema,
  read({ archiveHost }, hosts) {
    if (hosts.length === 0) throw usageError("start needs a host");
    return { hosts, archiveHost };
  },
  async run(asked, { output }) {
    const { start } = await import("./start.ts");
    return await start(asked, output);
  },
});
