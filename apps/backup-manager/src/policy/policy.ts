import { loadSettings, type Settings } from "@backuppc-archive-s3/settings";
import type { PolicyInvocation } from "./command.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { leastPolicy, type PolicyPlace } from "./least-policy.ts";

/** Prints the IAM policy of a role for the configured bucket and prefix. Sends no request to the store. */
export async function policy(
  { config, role, purgeVersions }: PolicyInvocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const settings = await loadSettings({ file: config, environment, readOnly: true });
  const printed = leastPolicy(role, placeOf(settings), purgeVersions);
  await output.result(`${JSON.stringify(printed, null, 2)}\n`);
  return "done";
}

function placeOf({ bucket, prefix, provider, endpoint, objectLock, tags }: Settings): PolicyPlace {
  return {
    bucket,
    prefix,
    conditionalPuts: provider === "aws" || (provider === undefined && endpoint === undefined),
    locks: objectLock !== undefined,
    tags: tags !== undefined,
  };
}
