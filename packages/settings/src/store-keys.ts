import type { S3Credentials } from "@backuppc-archive-s3/s3-transport";
import type { Settings } from "./parse/settings.ts";
import { demandProfile } from "./demand-profile.ts";
import { SettingsError } from "./settings-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The keys that the configuration has, in clear: for the client alone. */
export function keysOf(settings: Settings): S3Credentials | undefined {
  const { accessKeyId, secretAccessKey, sessionToken } = settings;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken !== undefined && { sessionToken: sessionToken.reveal() }),
  };
}

/**
 * The keys that the environment has. As with the AWS CLI they go before a profile that it names as well; the SDK would
 * take the profile.
 *
 * @throws {SettingsError} code `invalid` for an access key without its secret, or a profile that is not there: the SDK would
 * take other keys without a word
 */
export function keysIn(environment: Environment): S3Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const profile = environment["AWS_PROFILE"];
  if (!accessKeyId && profile) demandProfile(profile, environment);
  if (!accessKeyId) return undefined;
  if (!secretAccessKey) throw halfAPair();
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  const expiration = new Date(environment["AWS_CREDENTIAL_EXPIRATION"] ?? NaN);
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(!Number.isNaN(expiration.getTime()) && { expiration }),
  };
}

function halfAPair(): SettingsError {
  return new SettingsError(
    "invalid",
    "The environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY.",
    "Set both, or neither.",
  );
}

/** Where the keys are from, for people. @throws {SettingsError} as `keysIn` */
export function keySource(settings: Settings, environment: Environment): string {
  const profile = environment["AWS_PROFILE"];
  if (keysOf(settings) !== undefined) return "the configuration";
  if (keysIn(environment) !== undefined) {
    const before = profile ? `, which goes before AWS_PROFILE=${profile}` : "";
    return `the environment (AWS_ACCESS_KEY_ID)${before}`;
  }
  if (profile) return `the profile ${profile} (AWS_PROFILE)`;
  return "the SDK's default chain: the default profile, or the machine's role";
}
