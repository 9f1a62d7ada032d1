import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, GROUPS } from "../command-line/option.ts";
import { ARCHIVE_HOST, LIST_AFTERWARDS } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface StartInvocation extends Common {
  readonly hosts: readonly string[];
  readonly archiveHost: string | undefined;
  /** Also hosts whose last backup is archived already. */
  readonly force: boolean;
}

export const START = defineCommand({
  name: "start",
  usage: "HOST...",
  summary: "have BackupPC archive hosts now",
  operands: { most: Infinity },
  options: {
    "archive-host": ARCHIVE_HOST,
    force: flag({
      group: GROUPS.work,
      describe: "archive hosts whose last backup is archived already, too",
    }),
    list: LIST_AFTERWARDS,
  },
  examples: [
    ["backup-manager start gandalf witte", "archive two hosts (as BackupPC's user, on its server)"],
  ],
  json: async () => (await import("./start-json.ts")).startJsonSchema,
  read({ archiveHost, force = false }, hosts) {
    if (hosts.length === 0) throw usageError("start needs a host");
    return { hosts, archiveHost, force };
  },
  async run(asked, { site, output }) {
    const { start } = await import("./start.ts");
    return await start(asked, site, output);
  },
});
