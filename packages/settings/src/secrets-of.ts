import type { Settings } from "./parse/settings.ts";

/** The secrets that stand in the configuration itself, in clear: for whoever takes them out of a text. */
export function secretsOf(settings: Settings): readonly string[] {
  const { passphrase, secretAccessKey, sessionToken, pingUrl } = settings;
  const secrets = [passphrase, secretAccessKey, sessionToken].flatMap(
    (secret) => secret?.reveal() ?? [],
  );
  return pingUrl === undefined ? secrets : [...secrets, pingUrl];
}
