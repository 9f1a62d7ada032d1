import { loadSettings } from "@backuppc-archive-s3/settings";
import type { PolicyInvocation } from "../command-line/invocation.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { leastPolicy } from "./least-policy.ts";

/** Prints the IAM policy of a role for the configured bucket and prefix. Asks the store for nothing. */
export async function policy(
  { config, role, purgeVersions }: PolicyInvocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const settings = await loadSettings({ file: config, environment, readOnly: true });
  await output.result(`${JSON.stringify(leastPolicy(role, settings, purgeVersions), null, 2)}\n`);
  return "done";
}
