import { loadSettings, type Settings } from "@backuppc-archive-s3/settings";
import type { PolicyInvocation } from "./command.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { bucketPolicy, type Principals } from "./bucket-policy.ts";
import { leastPolicy, type PolicyPlace } from "./least-policy.ts";

/** Prints the policy of a role, or of the configured bucket, for its prefix. Sends no request to the store. */
export async function policy(
  { config, role, users, purgeVersions }: PolicyInvocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const options = { file: config, environment, readOnly: true, manager: true };
  const settings = await loadSettings(options);
  const place = placeOf(settings);
  const printed =
    role === "bucket"
      ? bucketPolicy(principalsOf(users), place, purgeVersions)
      : leastPolicy(role, place, purgeVersions);
  await output.result(`${JSON.stringify(printed, null, 2)}\n`);
  const note = NOTES[settings.provider ?? ""];
  if (note !== undefined) output.note(`${note}: see docs/two-keys.md`);
  return "done";
}

/** Stores that do not take it as it is. */
const NOTES: Readonly<Record<string, string>> = {
  b2: "B2 has no policies, but capabilities of keys",
  r2: "R2 has no policies, but permissions of tokens",
};

function principalsOf(users: Principals): Principals {
  const named = Object.entries(users).map(([role, user]) => [role, principalOf(user)] as const);
  return Object.fromEntries(named);
}

/** Ceph calls a user of a tenant `tenant$user`. */
function principalOf(user: string): string {
  if (user.startsWith("arn:")) return user;
  const [name = "", tenant = ""] = user.split("$").toReversed();
  return `arn:aws:iam::${tenant}:user/${name}`;
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
