import * as z from "zod";
import * as value from "./value-types.ts";

const hostNames = z.array(value.text, 'must be a list such as ["gandalf", "web-*"]').default([]);

/** What `backup-manager run` archives (docs/nightly.md). */
export const scheduleKeys = {
  hosts: hostNames.meta({
    description:
      "The hosts that `backup-manager run` archives, by name or pattern. Without it, every host that BackupPC backs up.",
    example: '["gandalf", "web-*"]',
  }),
  excludeHosts: hostNames.meta({
    description: "Hosts that it does not archive.",
    example: '["scratch"]',
  }),
  every: value.duration.pipe(z.number().min(60, 'must be at least "1m"')).default(86_400).meta({
    description: "How often it archives a host. Half a day early is early enough.",
    example: '"1d"',
  }),
  backupType: value.oneOf(["any", "full"]).default("any").meta({
    description:
      "Which backup of a host it archives: the newest of any kind, or the newest full one.",
    example: '"any"',
  }),
};
