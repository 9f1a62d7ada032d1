import { type Common, defineCommand } from "../command-line/command.ts";
import { HOST, LIST_AFTERWARDS, PURGE_VERSIONS } from "../command-line/shared-options.ts";

export interface GcInvocation extends Common {
  readonly host: string | undefined;
  readonly purgeVersions: boolean;
}

export const GC = defineCommand({
  name: "gc",
  usage: "[-H HOST]",
  summary: "delete chunks that no archive needs",
  options: { host: HOST, "purge-versions": PURGE_VERSIONS, list: LIST_AFTERWARDS },
  examples: [["backup-manager gc --test", "show how much would be freed"]],
  json: async () => (await import("./gc-json.ts")).gcJsonSchema,
  read: ({ host, purgeVersions = false }) => ({ host, purgeVersions }),
  async run(asked, { site, output }) {
    const { gc } = await import("./gc.ts");
    return await gc(asked, await site(), output);
  },
});
