import { keySource, type Settings } from "@backuppc-archive-s3/settings";
import { type Finding, ok } from "./finding.ts";

/** Where the store's keys are from, unless the configuration has them: several places may, and cron's environment is another. */
export function checkKeys(settings: Settings, environment: NodeJS.ProcessEnv): Finding[] {
  if (settings.accessKeyId !== undefined) return [];
  return [ok("access key", `from ${keySource(settings, environment)}`)];
}
