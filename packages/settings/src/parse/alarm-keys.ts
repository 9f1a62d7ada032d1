import * as z from "zod";
import * as value from "./value-types.ts";

/** Who learns how a run ended (docs/nightly.md). */
export const alarmKeys = {
  metricsFile: value.absolutePath.optional().meta({
    description:
      "A file of metrics for Prometheus, for the textfile collector of node_exporter: each run writes what it knows of each host.",
    example: '"/var/lib/prometheus/node-exporter/backuppc-archive-s3.prom"',
  }),
  pingUrl: value.webAddress.optional().meta({
    description:
      "Pinged by POST when a run begins (/start) and ends (/ and the exit status), with the end of its log. {program} and {host} in it are replaced.",
    example: '"https://hc.example.net/ping/KEY/{program}"',
  }),
  onFailure: value.text.optional().meta({
    description:
      "A command that /bin/sh runs when a run fails, with the end of its log as input (docs/nightly.md).",
    example: "\"mail -s 'Off-site backup failed' root\"",
  }),
  syslog: z.boolean("must be true or false").default(false).meta({
    description:
      "Log to syslog too, by logger(1): what was archived, what failed, and no progress.",
    example: "false",
  }),
};
