import { keySource, type Settings, storeProxy } from "@backuppc-archive-s3/settings";
import { failed, type Finding, ok } from "./finding.ts";

const CHECK = "proxy";

/** The proxy of the environment, if there is one: cron and BackupPC may have another than a shell. */
export function checkProxy(settings: Settings, environment: NodeJS.ProcessEnv): Finding[] {
  try {
    const address = storeProxy(settings, environment);
    return address === undefined ? [] : [ok(CHECK, `requests to the store go through ${address}`)];
  } catch (error) {
    return [failed(CHECK, error)];
  }
}

/** Where the store's keys are from, unless the configuration has them: several places may, and cron's environment is another. */
export function checkKeys(settings: Settings, environment: NodeJS.ProcessEnv): Finding[] {
  if (settings.accessKeyId !== undefined) return [];
  try {
    return [ok("access key", `from ${keySource(settings, environment)}`)];
  } catch (error) {
    return [failed("access key", error)];
  }
}
