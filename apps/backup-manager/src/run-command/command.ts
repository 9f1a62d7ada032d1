import { type Common, defineCommand } from "../command-line/command.ts";
import { ARCHIVE_HOST, HOST, LIST_AFTERWARDS } from "../command-line/shared-options.ts";

export interface RunInvocation extends Common {
  readonly host: string | undefined;
  readonly archiveHost: string | undefined;
}

export const RUN = defineCommand({
  name: "run",
  usage: "[-H HOST]",
  summary: "archive each host whose newest backup is not archived yet",
  options: { host: HOST, "archive-host": ARCHIVE_HOST, list: LIST_AFTERWARDS },
  examples: [
    ["backup-manager run", "archive what is due (as BackupPC's user, on its server)"],
    ["backup-manager run --test", "show what would be archived, and what not and why"],
  ],
  hasAlarms: true,
  json: async () => (await import("./run-json.ts")).runJsonSchema,
  read: ({ host, archiveHost }) => ({ host, archiveHost }),
  async run(asked, { site, output }) {
    const { runArchives } = await import("./run-archives.ts");
    return await runArchives(asked, await site(), output);
  },
});
